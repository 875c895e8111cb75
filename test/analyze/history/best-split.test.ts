import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Splits } from '../../../src/analyze/history/best-split.js';

/** Q̂ as it stands in the paper, term by term. */
function strengthOf(first: readonly number[], second: readonly number[]): number {
  const [n, m] = [first.length, second.length];
  const within = (part: readonly number[]): number =>
    part.reduce((sum, a, at) => sum + part.slice(at + 1).reduce((inner, b) => inner + Math.abs(a - b), 0), 0);
  const between = first.reduce((sum, a) => sum + second.reduce((inner, b) => inner + Math.abs(a - b), 0), 0);
  const pairs = (count: number): number => (count * (count - 1)) / 2;
  const mean = (sum: number, count: number): number => (count === 0 ? 0 : sum / count);
  const energy = (2 * between) / (n * m) - mean(within(first), pairs(n)) - mean(within(second), pairs(m));
  return ((n * m) / (n + m)) * energy;
}

test('the best split is as strong as the strongest of all', () => {
  const series = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 14 });
  fc.assert(
    fc.property(series, fc.nat(), fc.nat(), (values, a, b) => {
      const start = a % (values.length - 1);
      const end = start + 2 + (b % (values.length - start - 1));
      const strengths: number[] = [];
      for (let tau = start + 1; tau < end; tau += 1)
        for (let kappa = tau + 1; kappa <= end; kappa += 1)
          strengths.push(strengthOf(values.slice(start, tau), values.slice(tau, kappa)));
      const strongest = Math.max(...strengths);
      const { index, strength } = new Splits(values).best(start, end);
      expect(strength).toBeCloseTo(strongest, 6);
      expect(index).toBeGreaterThan(start);
      expect(index).toBeLessThan(end);
    }),
  );
});
