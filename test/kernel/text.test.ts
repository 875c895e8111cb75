import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastLines, nearest, printable, safeFileName } from '../../src/kernel/text.js';

describe('nearest', () => {
  const options = ['rates', 'duration', 'workers', 'warmup'];

  it('finds what was meant, whatever its case', () => {
    expect(nearest('rate', options)).toEqual(['rates']);
    expect(nearest('DURATOIN', options)).toEqual(['duration']);
  });

  it('finds nothing when nothing is near', () => {
    expect(nearest('completely-different', options)).toEqual([]);
    expect(nearest('rates', [])).toEqual([]);
  });

  it('gives the best first, and no more than asked for', () => {
    expect(nearest('abcd', ['abxx', 'abcx', 'abcd'], 2)).toEqual(['abcd', 'abcx']);
  });
});

describe('safeFileName', () => {
  it.each([
    ['get_item', 'get_item'],
    ['GET /items/{id}', 'GET_items_id'],
    ['../../etc/passwd', 'etc_passwd'],
    ['.hidden', 'hidden'],
    ['a\\b:c*?', 'a_b_c'],
    ['Café', 'Cafe'],
    ['..', 'unnamed'],
    ['日本', 'unnamed'],
    ['', 'unnamed'],
    [`${'a'.repeat(99)}.json`, 'a'.repeat(99)], // cut off at the dot, which may not end a name everywhere
  ])('makes %j to %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  it('is safe for any text, and leaves a safe name alone', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 300 })),
        (name) => {
          const safe = safeFileName(name);
          expect(safe).toMatch(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/);
          expect(safeFileName(safe)).toBe(safe);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('printable', () => {
  it('takes the terminal out of the hands of foreign text', () => {
    expect(printable('\u001b[31mred\u001b[0m\u0007\r\n\ttab\u009b2J\u007f')).toBe('[31mred[0m\n\ttab2J');
  });

  it('leaves all other text alone', () => {
    expect(printable('äöü 日本 🙂 <b>&amp;</b>')).toBe('äöü 日本 🙂 <b>&amp;</b>');
  });
});

describe('lastLines', () => {
  it('gives the end of a text without its empty lines', () => {
    expect(lastLines('one\ntwo\n\nthree\n\n', 3)).toEqual(['two', 'three']);
  });
});
