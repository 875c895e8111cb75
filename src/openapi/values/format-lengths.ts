import type { Lengths } from './pattern-text.js';
import { textOfFormat } from './formats.js';
import type { Wish } from './wish.js';
import { lettersFor } from './words.js';

/** Texts of a format for a length, those of other forms and lengths than the plainest; the caller takes what fits. */
type Writer = (lengths: Lengths, wish: Wish) => readonly string[];

/** Undefined where a format has one form alone. */
export function otherLengths(format: string, lengths: Lengths, wish: Wish): readonly string[] {
  const name = format.toLowerCase().replaceAll('_', '-');
  return (Object.hasOwn(WRITERS, name) ? WRITERS[name]?.(lengths, wish) : undefined) ?? [];
}

/** Letters between what stands before and after them, as many as the length asks for. */
function filled(before: string, after: string, { least, most }: Lengths, wish: Wish): string {
  const usual = Math.min(most, Math.max(least, before.length + after.length + 4));
  return before + lettersFor(wish, Math.max(1, usual - before.length - after.length)) + after;
}

const email: Writer = (lengths, wish) => {
  // A local part has 64 characters at most, a label of a host 63.
  const labels = 'x.'.repeat(Math.ceil(Math.max(0, lengths.least - 70) / 2));
  return [filled('', '@example.com', lengths, wish), filled('', '@b.co', lengths, wish)].concat(
    `${lettersFor(wish, Math.min(60, Math.max(1, lengths.least)))}@${labels}example.com`,
  );
};

const uri: Writer = (lengths, wish) => [
  filled('https://example.com/', '', lengths, wish),
  filled('http://a.co/', '', lengths, wish),
  'http://a.co/',
  'http://a.co',
  'a:b',
];

const hostname: Writer = ({ least, most }, wish) => [
  `${lettersFor(wish, Math.max(1, Math.min(60, most - 3, Math.max(4, least - 3))))}.co`,
  'a.co',
  `${'x.'.repeat(Math.ceil(Math.max(0, least - 2) / 2))}com`,
];

const moment =
  (format: string): Writer =>
  (_, wish) => {
    const base = textOfFormat(format, wish)?.replace(/Z$/, '') ?? '';
    const fractions = [3, 6, 1, 2, 4, 5, 7, 8, 9].map((digits) => `.${'0'.repeat(digits)}`);
    return ['', ...fractions].flatMap((fraction) => ['Z', '+00:00'].map((zone) => base + fraction + zone));
  };

const ipv4: Writer = () => [
  ...['1.1.1.1', '10.0.0.1', '10.0.0.10', '10.0.0.100', '10.0.10.100', '10.10.10.100'],
  ...['192.168.10.10', '192.168.10.100', '192.168.100.100'],
];

const ipv6: Writer = () => [
  '::1',
  '2001:db8::1',
  '2001:db8:0:0:0:0:0:1',
  `2001:0db8:${'0000:'.repeat(5)}0001`,
];

const base64: Writer = ({ least, most }, wish) => {
  const size = Math.min(Math.floor(most / 4), Math.max(1, Math.ceil(least / 4)));
  return size < 1 ? [] : [Buffer.from(lettersFor(wish, 3 * size)).toString('base64')];
};

const path: Writer = (lengths, wish) => [filled('/', '', lengths, wish)];

const WRITERS: Readonly<Record<string, Writer>> = {
  email,
  'idn-email': email,
  uri,
  url: uri,
  iri: uri,
  'http-url': uri,
  'any-url': uri,
  'any-http-url': uri,
  'uri-reference': path,
  'iri-reference': path,
  path,
  'file-path': path,
  'json-pointer': path,
  hostname,
  'idn-hostname': hostname,
  domain: hostname,
  'date-time': moment('date-time'),
  datetime: moment('date-time'),
  'iso-date-time': moment('date-time'),
  time: moment('time'),
  ip: ipv4,
  ipv4,
  ipv6,
  byte: base64,
  base64,
  phone: (lengths, wish) => [
    filled('+4930', '', lengths, wish).replace(/[a-z]/g, (one) => String(one.charCodeAt(0) % 10)),
  ],
  password: (lengths, wish) =>
    ['Secret-1', 'Aa1!'].map((start) => filled(start, '', lengths, { ...wish, step: 0 })),
};
