import { describe, expect, it } from 'vitest';
import {
  type Load,
  durationMsOf,
  firstRateOf,
  isSteady,
  loadName,
  loadTarget,
  loadTitle,
  plannedRps,
  rateAt,
  ratesOf,
} from '../../../src/model/loads/index.js';
import { parseStages } from '../../../src/model/loads/stages-notation.js';

const constant: Load = {
  kind: 'constant-rate',
  ratePerSecond: 200,
  durationMs: 4000,
  arrivals: 'constant',
};
const poisson: Load = { ...constant, arrivals: 'poisson', seed: 1 };
const staged = (text: string): Load => ({ kind: 'stages', stages: parseStages(text).stages });

describe('the figures of a load', () => {
  it.each<[string, Load, number, number[], number, boolean]>([
    ['a constant rate', constant, 4000, [200], 200, true],
    ['random arrivals', poisson, 4000, [200], 200, true],
    ['a spike', staged('0:100@2s, 500@1s, 500@1s, 100:100@1s'), 5000, [0, 100, 500, 100], 100, false],
    ['a rest before the load', staged('0:0@1s, 0:0@1s, 50:20@1s'), 3000, [0, 50, 20], 50, false],
    ['one flat stage', staged('30@1s'), 1000, [30], 30, false],
  ])('of %s', (_, load, durationMs, rates, first, steady) => {
    expect(durationMsOf(load)).toBe(durationMs);
    expect(ratesOf(load)).toEqual(rates);
    expect(firstRateOf(load)).toBe(first);
    expect(isSteady(load)).toBe(steady);
    expect(plannedRps(load, 600)).toBe(600_000 / durationMs);
  });
});

describe('the rate at an instant', () => {
  it.each<[string, Load, number, number]>([
    ['of a constant rate is that rate', constant, 1234, 200],
    ['of a ramp is on the way', staged('0:100@2s, 500@1s'), 500, 25],
    ['of a later stage counts from its beginning', staged('0:100@2s, 500@1s'), 2500, 300],
    ['between two stages is that of the second', staged('50@1s, 500:500@1s'), 1000, 500],
    ['of the end, and after it, is the last one', staged('0:100@2s, 500@1s'), 3000, 500],
  ])('%s', (_, load, elapsedMs, rate) => {
    expect(rateAt(load, elapsedMs)).toBeCloseTo(rate, 9);
  });
});

describe('the words for stages', () => {
  it.each([
    ['0:100@2m, 500@30s', 'stages 0→100→500/s', '0→500'],
    ['500:20@10s', 'stages 500→20/s', '20→500'],
    ['100@10s, 500:500@10s, 100:100@10s', 'stages 100→500→100/s', '100→500'],
    ['30@10s', 'stages 30/s', '30'],
  ])('%s', (text, name, target) => {
    const load = staged(text);
    expect([loadName(load), loadTarget(load), loadTitle(load)]).toEqual([name, target, `stages ${text}`]);
  });
});
