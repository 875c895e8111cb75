import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measureNesting, outlineOfJson } from '../../../src/openapi/document/nesting.js';

function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(levelsOf));
}

test('the levels of JSON are counted in its text, whatever its strings hold', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('{', '"', '\\', '\\"[', ']}'));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 5 }, text, fc.array(tie('tree')), fc.dictionary(text, tie('tree'))),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      const levels = levelsOf(value);
      expect(outlineOfJson(JSON.stringify(value)).levels).toBe(levels);
      expect(measureNesting(value).levels).toBe(levels);
    }),
  );
});

test('what is shared counts as often as it is named', () => {
  const one = [1, 2];
  const two = [one, one];
  expect(measureNesting([two, two])).toEqual({ values: 1 + 2 * (1 + 2 * 3), levels: 3 });
});

test('what holds itself is endless', () => {
  const ring: unknown[] = [];
  ring.push([ring]);
  expect(measureNesting(ring).levels).toBe(Infinity);
});
