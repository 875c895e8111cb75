import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { adjustForNumber } from '../../../../src/analyze/compare/statistics/benjamini-hochberg.js';
import { estimateChanges, type RunValues } from '../../../../src/analyze/compare/statistics/estimate-changes.js';
import {
  digamma,
  logGamma,
  tetragamma,
  trigamma,
} from '../../../../src/analyze/compare/statistics/gamma-functions.js';
import {
  differenceInterval,
  fisherPValue,
  overdispersionOf,
  quasiBinomialPValue,
} from '../../../../src/analyze/compare/statistics/proportions.js';
import { fitPrior, squeezeVariances } from '../../../../src/analyze/compare/statistics/squeeze-variances.js';
import { studentQuantile, studentUpper } from '../../../../src/analyze/compare/statistics/student.js';
import { treatPValue } from '../../../../src/analyze/compare/statistics/treat.js';

/** JSON has no infinity. */
const number = z.union([z.number(), z.literal('Infinity').transform(() => Infinity)]);
const numbers = z.array(number);
const counted = z.tuple([z.number(), z.number()]);
const moderated = z.object({
  base: z.array(numbers),
  candidate: z.array(numbers),
  margin: number,
  changes: numbers,
  standardErrors: numbers,
  degreesOfFreedom: numbers,
  pValues: numbers,
  adjusted: numbers,
});
const limmaSchema = z.object({
  variances: z.array(
    z.object({
      variances: numbers,
      degreesOfFreedom: numbers,
      priorDegreesOfFreedom: number,
      prior: number,
      posterior: numbers,
    }),
  ),
  treated: z.array(moderated),
  paired: moderated,
  welch: z.array(
    z.object({
      base: numbers,
      candidate: numbers,
      change: number,
      standardError: number,
      degreesOfFreedom: number,
      pValue: number,
      low: number,
      high: number,
    }),
  ),
  fisher: z.array(z.object({ a: counted, b: counted, pValue: number })),
  dispersed: z.array(
    z.object({ hits: numbers, of: numbers, side: numbers, dispersion: number, pValue: number }),
  ),
});
const scipySchema = z.object({
  upper: z.array(z.tuple([number, number, number])),
  quantiles: z.array(z.tuple([number, number, number])),
  gammas: z.array(z.tuple([number, number, number, number, number])),
  fisher: z.array(z.tuple([counted, counted, number])),
});

const fixture = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(name, import.meta.url), 'utf8'));
const limma = limmaSchema.parse(await fixture('witness-limma.json'));
const scipy = scipySchema.parse(await fixture('witness-scipy.json'));

/** Relative to the size of what is expected. */
function expectNear(actual: number, expected: number, relative: number): void {
  if (actual === expected) return;
  expect(Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-300), `${actual} for ${expected}`).toBeLessThan(
    relative,
  );
}

function expectAllNear(actual: readonly number[], expected: readonly number[], relative: number): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((one, at) => expectNear(actual[at] ?? Number.NaN, one, relative));
}

describe('as SciPy has it:', () => {
  test('the upper tail of t, far out too', () => {
    for (const [t, df, expected] of scipy.upper) {
      // Beyond this SciPy itself gives the logarithm of nothing.
      if (expected > 1e-290) expectNear(studentUpper(t, df), expected, df > 1e6 ? 1e-6 : 1e-10);
      if (expected > 1e-290) expectNear(studentUpper(-t, df), 1 - expected, 1e-10);
    }
  });

  test('quantiles of t', () => {
    for (const [p, df, expected] of scipy.quantiles)
      if (p > 0.5) expectNear(studentQuantile(p, df), expected, 1e-8);
  });

  test('gamma functions', () => {
    for (const [x, ofLog, first, second, third] of scipy.gammas) {
      expect(logGamma(x)).toBeCloseTo(ofLog, 10);
      expect(digamma(x)).toBeCloseTo(first, 10);
      expectNear(trigamma(x), second, 1e-12);
      expectNear(tetragamma(x), third, 1e-12);
    }
  });

  test("Fisher's exact test on large counts", () => {
    for (const [[ofA, a], [ofB, b], expected] of scipy.fisher)
      expectNear(fisherPValue({ hits: ofA, of: a }, { hits: ofB, of: b }), expected, 1e-6);
  });
});

describe('as limma has it:', () => {
  test.each(limma.variances)('variances drawn to one another %#', (one) => {
    const variances = one.variances.map((value, at) => ({
      value,
      degreesOfFreedom: one.degreesOfFreedom[at] ?? Number.NaN,
    }));
    const prior = fitPrior(variances);
    expectNear(prior.degreesOfFreedom, one.priorDegreesOfFreedom, 1e-6);
    expectNear(prior.value, one.prior, 1e-6);
    expectAllNear(
      squeezeVariances(variances).map(({ value }) => value),
      one.posterior,
      1e-6,
    );
  });

  const valuesOf = ({ base, candidate }: z.infer<typeof moderated>, isPaired: boolean): RunValues[] =>
    base.map((values, at) => ({ base: values, candidate: candidate[at] ?? [], isPaired }));

  test.each([
    ...limma.treated.map((one) => ({ one, isPaired: false })),
    { one: limma.paired, isPaired: true },
  ])('changes, their errors and p-values against a margin %#', ({ one, isPaired }) => {
    const estimates = estimateChanges(valuesOf(one, isPaired));
    expectAllNear(estimates.map(({ change }) => change), one.changes, 1e-9);
    expectAllNear(estimates.map(({ standardError }) => standardError), one.standardErrors, 1e-6);
    expectAllNear(estimates.map(({ degreesOfFreedom }) => degreesOfFreedom), one.degreesOfFreedom, 1e-6);
    const pValues = estimates.map((estimate) => treatPValue(estimate, one.margin));
    expectAllNear(pValues, one.pValues, 1e-5);
    expectAllNear(adjustForNumber(pValues), one.adjusted, 1e-5);
  });
});

describe('as R has it:', () => {
  test.each(limma.welch)("Welch's t where there are few cells %#", (one) => {
    const [estimate] = estimateChanges([{ ...one, isPaired: false }]);
    if (estimate === undefined) throw new Error('no estimate');
    expectNear(estimate.change, one.change, 1e-12);
    expectNear(estimate.standardError, one.standardError, 1e-12);
    expectNear(estimate.degreesOfFreedom, one.degreesOfFreedom, 1e-12);
    expectNear(treatPValue(estimate, 0), one.pValue, 1e-9);
    const reach = studentQuantile(0.975, estimate.degreesOfFreedom) * estimate.standardError;
    expectNear(estimate.change - reach, one.low, 1e-9);
    expectNear(estimate.change + reach, one.high, 1e-9);
  });

  test("Fisher's exact test", () => {
    for (const { a, b, pValue } of limma.fisher)
      expectNear(fisherPValue({ hits: a[0], of: a[1] }, { hits: b[0], of: b[1] }), pValue, 1e-7);
  });

  test('failures that come in bursts', () => {
    for (const { hits, of, side, dispersion, pValue } of limma.dispersed) {
      const runsOf = (wanted: number): { hits: number; of: number }[] =>
        hits.flatMap((one, at) => (side[at] === wanted ? [{ hits: one, of: of[at] ?? 0 }] : []));
      expectNear(overdispersionOf([runsOf(0), runsOf(1)]), Math.max(1, dispersion), 1e-6);
      expectNear(quasiBinomialPValue(runsOf(0), runsOf(1)), pValue, 1e-6);
    }
  });
});

test("intervals of a difference of shares are those of Newcombe's paper (1998, table II, method 10)", () => {
  const interval = differenceInterval([{ hits: 48, of: 80 }], [{ hits: 56, of: 70 }], 0.95);
  expect(interval.low).toBeCloseTo(0.0524, 4);
  expect(interval.high).toBeCloseTo(0.3339, 4);
  const few = differenceInterval([{ hits: 3, of: 10 }], [{ hits: 9, of: 10 }], 0.95);
  expect(few.low).toBeCloseTo(0.1705, 4);
  expect(few.high).toBeCloseTo(0.809, 4);
});
