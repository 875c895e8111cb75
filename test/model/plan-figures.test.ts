import { describe, expect, it } from 'vitest';
import type { LoadPlan } from '../../src/model/load-plan.js';
import {
  durationMsOf,
  firstRateOf,
  isSteady,
  plannedRps,
  rateAt,
  ratesOf,
} from '../../src/model/plan-figures.js';
import { parseStages } from '../../src/model/stages-notation.js';

const constant: LoadPlan = {
  kind: 'constant-rate',
  ratePerSecond: 200,
  durationMs: 4000,
  arrivals: 'constant',
};
const poisson: LoadPlan = { ...constant, arrivals: 'poisson', seed: 1 };
const staged = (text: string): LoadPlan => ({ kind: 'stages', stages: parseStages(text).stages });

describe('the figures of a plan', () => {
  it.each<[string, LoadPlan, number, number[], number, boolean]>([
    ['a constant rate', constant, 4000, [200], 200, true],
    ['random arrivals', poisson, 4000, [200], 200, true],
    ['a spike', staged('0:100@2s, 500@1s, 500@1s, 100:100@1s'), 5000, [0, 100, 500, 100], 100, false],
    ['a rest before the load', staged('0:0@1s, 0:0@1s, 50:20@1s'), 3000, [0, 50, 20], 50, false],
    ['one flat stage', staged('30@1s'), 1000, [30], 30, false],
  ])('of %s', (_, plan, durationMs, rates, first, steady) => {
    expect(durationMsOf(plan)).toBe(durationMs);
    expect(ratesOf(plan)).toEqual(rates);
    expect(firstRateOf(plan)).toBe(first);
    expect(isSteady(plan)).toBe(steady);
    expect(plannedRps(plan, 600)).toBe(600_000 / durationMs);
  });
});

describe('the rate at an instant', () => {
  it.each<[string, LoadPlan, number, number]>([
    ['of a constant rate is that rate', constant, 1234, 200],
    ['of a ramp is on the way', staged('0:100@2s, 500@1s'), 500, 25],
    ['of a later stage counts from its beginning', staged('0:100@2s, 500@1s'), 2500, 300],
    ['between two stages is that of the second', staged('50@1s, 500:500@1s'), 1000, 500],
    ['of the end, and after it, is the last one', staged('0:100@2s, 500@1s'), 3000, 500],
  ])('%s', (_, plan, elapsedMs, rate) => {
    expect(rateAt(plan, elapsedMs)).toBeCloseTo(rate, 9);
  });
});
