import { hashFor, placeInRound, type Wish } from './wish.js';
import { wordFor } from './words.js';

/** A text of a format for a wish. */
type Writer = (wish: Wish) => string;

/** The texts of a format. Undefined = the format says nothing about the text, or is not known. */
export function textOfFormat(format: string, wish: Wish): string | undefined {
  const name = format.toLowerCase().replaceAll('_', '-');
  if (Object.hasOwn(FORMATS, name)) return FORMATS[name]?.(wish);
  return /-?dsn$/.test(name) ? dsn(name.replace(/-?dsn$/, ''), wish) : undefined;
}

/** Some days on from 15 January 2024, within ten years. */
function dayFor(wish: Wish): Date {
  const day = placeInRound(wish, 3650);
  return new Date(Date.UTC(2024, 0, 15 + day, 12, 0, 0));
}

const date: Writer = (wish) => dayFor(wish).toISOString().slice(0, 10);
const localTime: Writer = (wish) => {
  const second = (43_200 + placeInRound(wish, 86_400)) % 86_400;
  return new Date(second * 1000).toISOString().slice(11, 19);
};
const dateTime: Writer = (wish) => `${date(wish)}T${localTime(wish)}Z`;
const hostname: Writer = (wish) => `${wish.step === 0 ? '' : `${label(wish)}.`}example.com`;
const email: Writer = (wish) => `${wish.step === 0 ? 'someone' : label(wish)}@example.com`;
const uri: Writer = (wish) => `https://example.com/${wish.step === 0 ? '' : label(wish)}`;
const path: Writer = (wish) => `/tmp/${label(wish)}`;

/** The addresses that are kept for documentation (RFC 5737, RFC 3849). */
const ipv4: Writer = (wish) => `192.0.2.${1 + placeInRound(wish, 254)}`;
const ipv6: Writer = (wish) => `2001:db8::${(1 + placeInRound(wish, 65_000)).toString(16)}`;

const base64: Writer = (wish) => Buffer.from(label(wish)).toString('base64');

function label(wish: Wish): string {
  return wordFor(wish);
}

/** Random bits from the wish, with the version and the variant of RFC 9562 in their places. */
function uuid(version: number, wish: Wish): string {
  const bits = ['a', 'b', 'c', 'd'].map((part) => hashFor(wish, part).toString(16).padStart(8, '0')).join('');
  const variant = '89ab'.charAt(hashFor(wish, 'variant') % 4);
  return [
    bits.slice(0, 8),
    bits.slice(8, 12),
    `${version}${bits.slice(13, 16)}`,
    `${variant}${bits.slice(17, 20)}`,
    bits.slice(20, 32),
  ].join('-');
}

function dsn(scheme: string, wish: Wish): string {
  const protocols: Readonly<Record<string, string>> = {
    postgres: 'postgresql',
    cockroach: 'cockroachdb',
    mongo: 'mongodb',
    '': 'https',
  };
  const protocol = Object.hasOwn(protocols, scheme) ? protocols[scheme] : scheme;
  return `${protocol}://user:pass@example.com/${label(wish)}`;
}

function oneOf(texts: readonly string[], wish: Wish): string {
  return texts[placeInRound(wish, texts.length)] ?? '';
}

/** Of thirteen digits, the last of which makes the sum of all, every other one times three, a multiple of ten. */
const isbn: Writer = (wish) => {
  const first = wish.step === 0 ? '978030640615' : `978${digits(wish, 9)}`;
  const sum = Array.from(first, Number).reduce(
    (total, digit, at) => total + digit * (at % 2 === 0 ? 1 : 3),
    0,
  );
  return `${first}${(10 - (sum % 10)) % 10}`;
};

function digits(wish: Wish, count: number): string {
  return String(hashFor(wish, 'digits')).padStart(10, '0').slice(-count);
}

/** Of JSON Schema, of OpenAPI's registry and of Pydantic. */
const FORMATS: Readonly<Record<string, Writer>> = {
  date,
  'date-time': dateTime,
  datetime: dateTime,
  'date-time-local': (wish) => `${date(wish)}T${localTime(wish)}`,
  'http-date': (wish) => dayFor(wish).toUTCString(),
  time: (wish) => `${localTime(wish)}Z`,
  'time-local': localTime,
  'iso-time': localTime,
  'iso-date-time': dateTime,
  duration: (wish) => `P${1 + placeInRound(wish, 28)}D`,
  timedelta: (wish) => `P${1 + placeInRound(wish, 28)}D`,
  timezone: () => 'Europe/Berlin',
  email,
  'idn-email': email,
  'name-email': (wish) => `Someone <${email(wish)}>`,
  uri,
  url: uri,
  iri: uri,
  'any-url': uri,
  'http-url': uri,
  'any-http-url': uri,
  'uri-reference': (wish) => `/${label(wish)}`,
  'iri-reference': (wish) => `/${label(wish)}`,
  'uri-template': (wish) => `https://example.com/${label(wish)}/{id}`,
  hostname,
  'idn-hostname': hostname,
  domain: hostname,
  ip: ipv4,
  ipv4,
  ipv6,
  ipvanyaddress: ipv4,
  ipvanyinterface: (wish) => `${ipv4(wish)}/32`,
  ipvanynetwork: (wish) => `${ipv4(wish)}/32`,
  ipv4interface: (wish) => `${ipv4(wish)}/32`,
  ipv4network: (wish) => `${ipv4(wish)}/32`,
  ipv6interface: (wish) => `${ipv6(wish)}/128`,
  ipv6network: (wish) => `${ipv6(wish)}/128`,
  cidr: (wish) => `${ipv4(wish)}/32`,
  'ipv4-cidr': (wish) => `${ipv4(wish)}/32`,
  mac: (wish) => `02:00:00:00:00:${(1 + placeInRound(wish, 254)).toString(16).padStart(2, '0')}`,
  uuid: (wish) => uuid(4, wish),
  guid: (wish) => uuid(4, wish),
  ...Object.fromEntries(
    [1, 3, 4, 5, 6, 7, 8].map((version) => [`uuid${version}`, (wish: Wish) => uuid(version, wish)]),
  ),
  ulid: (wish) => `01HM5Z0000${uuid(4, wish).replaceAll('-', '').slice(0, 16).toUpperCase()}`,
  byte: base64,
  base64,
  base64url: (wish) => Buffer.from(label(wish)).toString('base64url'),
  regex: (wish) => `^${label(wish)}$`,
  'json-pointer': (wish) => `/${label(wish)}`,
  'json-pointer-uri-fragment': (wish) => `#/${label(wish)}`,
  'relative-json-pointer': (wish) => `0/${label(wish)}`,
  'json-string': (wish) => JSON.stringify({ name: label(wish) }),
  json: (wish) => JSON.stringify({ name: label(wish) }),
  path,
  'file-path': path,
  'directory-path': () => '/tmp',
  decimal: (wish) => `${1 + placeInRound(wish, 1000)}`,
  number: (wish) => `${1 + placeInRound(wish, 1000)}`,
  int32: (wish) => `${1 + placeInRound(wish, 1000)}`,
  int64: (wish) => `${1 + placeInRound(wish, 1000)}`,
  phone: (wish) => `+4930${digits(wish, 8)}`,
  'phone-number': (wish) => `+4930${digits(wish, 8)}`,
  color: (wish) => `#${hashFor(wish, 'color').toString(16).padStart(6, '0').slice(-6)}`,
  // The same for every field and request: one that repeats another must equal it.
  password: () => 'Secret-string-1',
  'credit-card': () => '4111111111111111',
  'payment-card-number': () => '4111111111111111',
  isbn,
  iban: () => 'DE89370400440532013000',
  'postal-code': (wish) => String(10_115 + placeInRound(wish, 80_000)),
  locale: (wish) => oneOf(['en-US', 'de-DE', 'fr-FR', 'ja-JP', 'es-ES'], wish),
  slug: label,
  semver: (wish) => `1.${placeInRound(wish, 100)}.0`,
  'country-code': (wish) => oneOf(['DE', 'US', 'FR', 'GB', 'JP', 'ES', 'IT', 'NL', 'SE', 'BR', 'IN'], wish),
  'language-code': () => 'en',
  language: () => 'en',
  currency: (wish) => oneOf(['EUR', 'USD', 'GBP', 'JPY', 'CHF', 'SEK', 'INR', 'BRL', 'AUD'], wish),
};
