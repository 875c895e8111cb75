import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bar, barOfTarget, spark } from '../../../../src/report/terminal/charts/bar.js';

describe('a bar', () => {
  test.each([
    [1, '████'],
    [0.5, '██··'],
    [0.99, '███▍'],
    [0.0001, '▏···'],
    [0, '····'],
  ])('of the share %d', (share, drawn) => {
    expect(barOfTarget(share, 4)).toBe(drawn);
  });

  test('takes its columns and grows with its share', () => {
    const shares = fc.double({ min: 0, max: 1.5, noNaN: true });
    fc.assert(
      fc.property(shares, shares, fc.integer({ min: 1, max: 60 }), (a, b, columns) => {
        const inked = (share: number): number => bar(share, columns).trimEnd().length;
        expect(bar(a, columns)).toHaveLength(columns);
        expect(inked(Math.min(a, b))).toBeLessThanOrEqual(inked(Math.max(a, b)));
      }),
    );
  });
});

test('a spark shows the least of what there is, and nothing for nothing', () => {
  expect(spark([0.001, 0.5, 1, null])).toBe('▁▄█ ');
});
