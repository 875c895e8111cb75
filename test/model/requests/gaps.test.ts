import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fillGaps, findGaps, gapMark } from '../../../src/model/requests/gaps.js';
import type { RequestBlueprint } from '../../../src/model/requests/request.js';

const [A, B] = [gapMark(0), gapMark(1)];

function filled(parts: Partial<RequestBlueprint>, a: unknown, b: unknown = 'b'): RequestBlueprint {
  const blueprint = { method: 'POST', path: '/', headers: [], body: null, ...parts };
  const values: Record<string, unknown> = { 'body.a': a, 'body.b': b };
  return fillGaps(blueprint, findGaps(blueprint, ['body.a', 'body.b']), (key) => values[key]);
}

it.each([
  [
    'a path, percent-encoded',
    { path: `/x/${A}/${B}?q=${A}` },
    { path: '/x/a%2F%20%C3%BC/b?q=a%2F%20%C3%BC' },
  ],
  ['a header, without line breaks', { headers: ['x', `<${A}>`] }, { headers: ['x', '<a/ ü>'] }],
])('puts a text into %s', (_, parts, expected) => {
  expect(filled(parts, 'a/ ü')).toMatchObject(expected);
});

it('lets no value end a header', () => {
  expect(filled({ headers: ['x', A] }, 'a\r\nevil: 1').headers).toEqual(['x', 'a evil: 1']);
});

const typed = (type: string): Partial<RequestBlueprint> => ({ headers: ['Content-Type', type] });

it('puts a value into JSON as what it is, and into a text of it as text', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const body = `{"b":"${B}","list":["${A}"],"text":"<${A}>"}`;
      const plain = typeof a === 'string' ? a : JSON.stringify(a);
      const request = filled({ ...typed('application/json'), body }, a, b);
      expect(JSON.parse(request.body as string)).toEqual(
        JSON.parse(JSON.stringify({ b, list: [a], text: `<${plain}>` })),
      );
    }),
  );
  const long = filled({ ...typed('application/json'), body: `{"a":"${A}"}` }, 12345678901234567890n);
  expect(long.body).toBe('{"a":12345678901234567890}');
});

it('puts a value into forms, XML and bytes', () => {
  expect(filled({ ...typed('application/x-www-form-urlencoded'), body: `a=${A}&b=${B}` }, '&').body).toBe(
    'a=%26&b=b',
  );
  expect(filled({ ...typed('application/xml'), body: `<a>${A}</a>` }, '<').body).toBe('<a>&#60;</a>');
  const bytes = filled({ ...typed('multipart/form-data'), body: Buffer.from(`ü\0${A}\0${B}`) }, 'é').body;
  expect(Buffer.from(bytes as Uint8Array).toString()).toBe('ü\0é\0b');
});
