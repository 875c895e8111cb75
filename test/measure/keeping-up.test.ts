import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { randomAt } from '../../src/kernel/random.js';
import { scheduleOf } from '../../src/load/schedules/index.js';
import { quantileUs } from '../../src/measure/buckets.js';
import { achievedRps, keepingUp } from '../../src/measure/keeping-up.js';
import { distributionFigures, latencyFigures } from '../../src/measure/latency.js';
import { cellCollector, mergeMeasurements } from '../../src/measure/cell-collector.js';
import type { Load } from '../../src/model/loads/index.js';
import { windowMsOf } from '../support/loads.js';
import type { Measurements } from '../../src/model/generation/measurements.js';
import type { Sample } from '../../src/model/generation/sample.js';
import type { Fate } from '../support/fake-transport.js';
import { virtualOpenLoop } from '../support/open-loop.js';
import { sample } from '../support/samples.js';
import { threadAudit } from '../support/threads.js';

interface Target {
  /** Requests that it handles at the same time. */
  readonly atOnce?: number;
  readonly fate: (before: number, nowUs: number) => Fate;
  readonly timeoutMs?: number;
  readonly generators?: number;
}

/** A plan in virtual time, from the driver to the figures. */
function run(load: Load, { atOnce = 1000, fate, timeoutMs = 10_000, generators = 1 }: Target) {
  const windowMs = windowMsOf(load);
  const parts = Array.from({ length: generators }, (_, index) => {
    const collector = cellCollector({ ms: windowMs }, 1);
    const slots = Math.ceil(atOnce / generators);
    const { clock } = virtualOpenLoop({
      slots,
      open: slots,
      schedule: scheduleOf(load, { index, of: generators }),
      timeoutMs,
      maxQueue: 1_000_000,
      fate,
      onSample: (one) => collector.add(one),
    });
    clock.advanceMs(windowMs + timeoutMs + 2000);
    return collector.snapshot(threadAudit());
  });
  return figuresOf(mergeMeasurements(windowMs, parts), windowMs);
}

function figuresOf(measurements: Measurements, windowMs: number) {
  const response = latencyFigures(measurements.stamps.response);
  const kept = keepingUp(measurements, response, windowMs);
  const { succeeded } = measurements.stamps;
  return { ...kept, achieved: achievedRps({ ...measurements, succeeded }, kept.keepsUp, windowMs) };
}

const steady = (ratePerSecond: number, durationMs: number): Load => ({
  kind: 'constant-rate',
  ratePerSecond,
  durationMs,
  arrivals: 'constant',
});
const after =
  (ms: number, status = 200) =>
  (): Fate => ({ kind: 'answer', afterUs: ms * 1000, status });
/** An eighth answered at once, the rest spread around a mean of 300 ms. */
const uneven = (before: number): Fate => ({
  kind: 'answer',
  afterUs: before % 8 === 0 ? 1000 : Math.round(-300_000 * Math.log(1 - randomAt(3, before))),
});
const pool = { atOnce: 40, fate: after(50) };

describe('a target that answers each request after 300 ms, at 50/s', () => {
  it.each([10_000, 1000])('keeps up and achieves the plan in a window of %d ms', (windowMs) => {
    expect(run(steady(50, windowMs), { fate: after(300) })).toMatchObject({ keepsUp: true, achieved: 50 });
  });

  it('does so however many generators share the load', () => {
    const shared = run(steady(50, 10_000), { fate: after(300), generators: 3 });
    expect(shared).toEqual(run(steady(50, 10_000), { fate: after(300) }));
  });

  it('keeps up while the rate rises, as more are under way only because more are asked for', () => {
    const ramp = [{ fromRatePerSecond: 0, toRatePerSecond: 1000, durationMs: 10_000 }];
    const { keepsUp, backlog, achieved } = run({ kind: 'stages', stages: ramp }, { fate: after(300) });
    expect(backlog!.lateMean - backlog!.earlyMean).toBeGreaterThan(backlog!.allowedGrowth);
    expect(keepsUp).toBe(true);
    expect(achieved).toBe(500);
  });

  it('is not known to keep up with what leaves no time to see: 600 ms in a window of a second', () => {
    const { keepsUp, backlog, achieved } = run(steady(50, 1000), { fate: after(600) });
    expect({ keepsUp, backlog }).toEqual({ keepsUp: null, backlog: null });
    // From 0.1 to 1.1 s it answers those of the first half.
    expect(achieved).toBe(25);
  });
});

it('is not known of 20/s at 100/s in a second: its backlog is too small to be told from chance', () => {
  const { keepsUp, achieved } = run(steady(100, 1000), { atOnce: 1, fate: after(50) });
  expect(keepsUp).toBeNull();
  expect(achieved).toBeCloseTo(20, 0);
});

describe('a target of 40 × 50 ms, which is 800/s', () => {
  it.each([
    [2000, 10_000],
    [2000, 3000],
    [2000, 1000],
    [1000, 10_000],
    [900, 10_000],
  ])('does not keep up with %d/s for %d ms, and achieves 800/s', (rate, windowMs) => {
    const { keepsUp, achieved } = run(steady(rate, windowMs), pool);
    expect(keepsUp).toBe(false);
    expect(achieved).toBeGreaterThan(784);
    expect(achieved).toBeLessThan(816);
  });

  it('keeps up with 780/s', () => {
    expect(run(steady(780, 10_000), pool)).toMatchObject({ keepsUp: true, achieved: 780 });
  });

  it.each([
    [600, true],
    [1000, false],
  ])('tells whether it keeps up with random arrivals of %d/s', (ratePerSecond, keepsUp) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const load: Load = {
        kind: 'constant-rate',
        ratePerSecond,
        durationMs: 10_000,
        arrivals: 'poisson',
        seed,
      };
      expect(run(load, pool).keepsUp).toBe(keepsUp);
    }
  });

  it('does not keep up with a rise beyond what it can do', () => {
    const stages = [{ fromRatePerSecond: 0, toRatePerSecond: 2000, durationMs: 10_000 }];
    expect(run({ kind: 'stages', stages }, pool).keepsUp).toBe(false);
  });

  it('keeps up with a spike that it works off', () => {
    const stages = [
      { fromRatePerSecond: 200, toRatePerSecond: 200, durationMs: 4000 },
      { fromRatePerSecond: 2000, toRatePerSecond: 2000, durationMs: 500 },
      { fromRatePerSecond: 200, toRatePerSecond: 200, durationMs: 5500 },
    ];
    expect(run({ kind: 'stages', stages }, pool)).toMatchObject({ keepsUp: true });
  });
});

describe('what keeping up is not', () => {
  it('is not success: errors that come at once have reasons of their own', () => {
    expect(run(steady(500, 2000), { fate: after(1, 500) })).toMatchObject({ keepsUp: true, achieved: 0 });
  });

  it('is not to be had without answers, in however short a window', () => {
    const silent = run(steady(50, 1000), { fate: () => ({ kind: 'silence' }), timeoutMs: 500 });
    expect(silent).toMatchObject({ keepsUp: false, achieved: 0 });
    const refused = run(steady(50, 1000), { fate: () => ({ kind: 'failure', afterUs: 10 }) });
    expect(refused).toMatchObject({ keepsUp: false, achieved: 0 });
  });

  it('is not lost by chance: few requests of very different lengths', () => {
    expect(run(steady(30, 10_000), { fate: uneven })).toMatchObject({ keepsUp: true, achieved: 30 });
  });

  it('is not known of a plan that turned out to hold no request', () => {
    expect(figuresOf(cellCollector({ ms: 1000 }, 1).snapshot(threadAudit()), 1000)).toEqual({
      keepsUp: null,
      backlog: null,
      achieved: 0,
    });
  });
});

const WINDOW_MS = 2000;
const WINDOW_US = WINDOW_MS * 1000;

/** Requests of one kind of target or another, the order of their ends being that of a driver. */
const anySamples: fc.Arbitrary<Sample[]> = fc
  .record({
    planned: fc.integer({ min: 1, max: 400 }),
    baseUs: fc.integer({ min: 0, max: WINDOW_US }),
    spreadUs: fc.integer({ min: 0, max: 1_000_000 }),
    /** How much longer the last takes than the first. */
    growthUs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4_000_000 })),
    outcomes: fc.constantFrom<readonly Sample['outcome'][]>(
      ['succeeded'],
      ['succeeded', 'succeeded', 'wrong-status'],
      ['succeeded', 'timed-out'],
      ['network-failure'],
    ),
    seed: fc.nat(),
  })
  .map(({ planned, baseUs, spreadUs, growthUs, outcomes, seed }) =>
    Array.from({ length: planned }, (_, at) => {
      const dueUs = Math.floor(randomAt(seed, 2 * at) * WINDOW_US);
      const lengthUs = baseUs + spreadUs * randomAt(seed, 2 * at + 1) + growthUs * (dueUs / WINDOW_US);
      const outcome = outcomes[at % outcomes.length]!;
      return sample({
        dueUs,
        releasedUs: dueUs,
        sentUs: dueUs,
        doneUs: dueUs + Math.round(lengthUs),
        outcome,
      });
    }).sort((a, b) => a.doneUs - b.doneUs),
  );

function measured(list: readonly Sample[]): Measurements {
  const collector = cellCollector({ ms: WINDOW_MS }, 1);
  for (const one of list) collector.add(one);
  return collector.snapshot(threadAudit());
}

type Span = readonly [fromUs: number, toUs: number];

/** The mean over a span of how many of some instants had passed. */
function meanPassed(instantsUs: readonly number[], [from, to]: Span): number {
  return instantsUs.reduce((sum, at) => sum + Math.max(0, to - Math.max(from, at)), 0) / (to - from);
}

/** The definition, word for word, on the requests themselves. */
function backlogByDefinition(list: readonly Sample[], medianUs: number) {
  if (WINDOW_US < 2 * medianUs) return null;
  const dues = list.map(({ dueUs }) => dueUs);
  const ends = list.map(({ doneUs }) => doneUs);
  const fifth = (WINDOW_US - medianUs) / 5;
  const early: Span = [medianUs + fifth, medianUs + 2 * fifth];
  const late: Span = [0.8 * WINDOW_US, WINDOW_US];
  const waiting = (span: Span): number => meanPassed(dues, span) - meanPassed(ends, span);
  const overdue = (span: Span): number =>
    meanPassed(
      dues.map((at) => at + medianUs),
      span,
    ) - meanPassed(ends, span);
  const planned = meanPassed(dues, late) - meanPassed(dues, early);
  const lateMean = waiting(late);
  return {
    earlyMean: waiting(early),
    lateMean,
    growth: overdue(late) - overdue(early),
    allowedGrowth: Math.max(0.02 * planned, 3 * Math.sqrt(lateMean)),
  };
}

/** A request may seem a thousandth of the window off, and the shortest span is a tenth of it. */
const offBy = (requests: number): number => requests / 100;

describe('held against every single request', () => {
  test('the backlog is as defined', () => {
    fc.assert(
      fc.property(anySamples, (list) => {
        const measurements = measured(list);
        const response = latencyFigures(measurements.stamps.response);
        const first = quantileUs(measurements.flow.firstResponses, 0.5) ?? Infinity;
        const medianUs = Math.min(first, (response.p50 ?? Infinity) * 1000);
        const { keepsUp, backlog } = keepingUp(measurements, response, WINDOW_MS);
        const expected = backlogByDefinition(list, medianUs);
        const answered = list.filter(({ outcome }) => outcome === 'succeeded' || outcome === 'wrong-status');
        const isAnswered = answered.length >= 0.98 * list.length;

        if (expected === null || backlog === null) {
          expect(backlog).toBe(expected);
          expect(keepsUp).toBe(isAnswered ? null : false);
          return;
        }
        expect(Math.abs(backlog.earlyMean - expected.earlyMean)).toBeLessThanOrEqual(offBy(2 * list.length));
        expect(Math.abs(backlog.lateMean - expected.lateMean)).toBeLessThanOrEqual(offBy(2 * list.length));
        expect(Math.abs(backlog.growth - expected.growth)).toBeLessThanOrEqual(offBy(4 * list.length));
        const margin = expected.allowedGrowth - expected.growth;
        if (!isAnswered) expect(keepsUp).toBe(false);
        else if (Math.abs(margin) > offBy(8 * list.length)) {
          const isLongEnough = WINDOW_MS >= 2 * (response.p50 ?? Infinity);
          expect(keepsUp).toBe(margin < 0 ? false : isLongEnough ? true : null);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('the achieved rate is as defined', () => {
    fc.assert(
      fc.property(anySamples, fc.constantFrom(true, false, null), (list, keepsUp) => {
        const measurements = measured(list);
        const { succeeded } = measurements.stamps;
        const achieved = achievedRps({ ...measurements, succeeded }, keepsUp, WINDOW_MS);
        const ends = list.filter(({ outcome }) => outcome === 'succeeded').map(({ doneUs }) => doneUs);
        const s = Math.min((distributionFigures(succeeded).p50 ?? 0) * 1000, WINDOW_US / 10);
        const between = (from: number, to: number): number =>
          ends.filter((at) => at >= from && at < to).length;
        const bin = WINDOW_US / 1000;
        const near = (at: number): number => between(at - bin, at + bin);
        const count = keepsUp === true ? ends.length : between(s, s + WINDOW_US);
        const isExact = keepsUp === true || s === WINDOW_US / 10;
        const slack = isExact ? 0 : near(s) + near(s + WINDOW_US);
        expect(Math.abs(achieved * (WINDOW_MS / 1000) - count)).toBeLessThanOrEqual(slack + 1e-6);
      }),
      { numRuns: 150 },
    );
  });
});
