import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeBetween } from '../../src/analyze/compare/change.js';
import type { ComparedMetric } from '../../src/model/results/comparison.js';
import { shownMetric, type ShownMetric } from '../../src/report/change-words.js';

function metric(
  base: number,
  candidate: number,
  { unit = 'ms', better = 'lower', bound }: Partial<ComparedMetric> & { bound?: 'base' | 'candidate' } = {},
): ComparedMetric {
  const figures = {
    base: { value: base, isLowerBound: bound === 'base', repeats: 1 },
    candidate: { value: candidate, isLowerBound: bound === 'candidate', repeats: 1 },
  };
  const change = changeBetween(figures.base, figures.candidate);
  return { metric: 'x', title: 'x', unit, better, ...figures, change };
}

describe('a change', () => {
  test.each<[string, ComparedMetric, string, ShownMetric['direction']]>([
    ['none', metric(3, 3), '=', 'same'],
    ['to more', metric(10, 12.3), '+23%', 'worse'],
    ['to less', metric(10, 9.5), '−5.0%', 'better'],
    ['to more, where more is better', metric(10, 12, { better: 'higher' }), '+20%', 'better'],
    ['that is next to nothing', metric(1000, 1000.1), '+<0.1%', 'worse'],
    ['that leaves next to nothing', metric(1000, 0.1), '−99.9%', 'better'],
    ['that leaves nothing', metric(1000, 0), '−100%', 'better'],
    ['to many times as much', metric(2, 25), '×12.5', 'worse'],
    ['from nothing', metric(0, 2.5), '+2.50', 'worse'],
    ['to at least twice as much', metric(10, 20, { bound: 'candidate' }), '≥+100%', 'worse'],
    ['to at least half', metric(10, 5, { bound: 'candidate' }), '≥−50%', 'not-known'],
    ['to at most half', metric(10, 5, { bound: 'base' }), '≤−50%', 'better'],
    ['to at most twice as much', metric(10, 20, { bound: 'base' }), '≤+100%', 'not-known'],
    ['to at least as much', metric(10, 10, { bound: 'candidate' }), '≥0%', 'not-known'],
    ['of a share', metric(100, 98.2, { unit: '%', better: 'higher' }), '−1.8pt', 'worse'],
    ['of a share by little', metric(100, 99.999, { unit: '%', better: 'higher' }), '−<0.01pt', 'worse'],
    [
      'of a share from all to next to none',
      metric(100, 0.01, { unit: '%', better: 'higher' }),
      '−99.9pt',
      'worse',
    ],
  ])('%s', (_, compared, change, direction) => {
    expect(shownMetric(compared)).toMatchObject({ change, direction });
  });

  test('that is not known is shown so', () => {
    const unknown = { ...metric(1, 2), candidate: null, change: null };
    expect(shownMetric(unknown)).toEqual({
      base: '1.00',
      candidate: '–',
      change: '–',
      direction: 'not-known',
    });
  });

  test('that is a bound stays one when it is rounded', () => {
    const value = fc.double({ min: 0.01, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.constantFrom('base' as const, 'candidate' as const), (a, b, bound) => {
        const compared = metric(a, b, { bound });
        const { change } = shownMetric(compared);
        const parts = /^([≥≤])(?:×([\d.]+)|([+−]?)([\d.]+)%)$/.exec(change);
        expect(parts).not.toBeNull();
        const [, , times, sign, percent] = parts!;
        const shown =
          times === undefined ? (sign === '−' ? -1 : 1) * Number(percent) : 100 * (Number(times) - 1);
        const real = compared.change!.percent!;
        if (bound === 'candidate') expect(shown).toBeLessThanOrEqual(real + 1e-6);
        else expect(shown).toBeGreaterThanOrEqual(real - 1e-6);
      }),
    );
  });
});
