import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constantRate } from '../../../src/load/schedules/constant-rate.js';
import { everyNth } from '../../../src/load/schedules/every-nth.js';
import { cellCollector } from '../../../src/measure/cell-collector.js';
import type { Fate } from '../../support/fake-transport.js';
import { virtualOpenLoop } from '../../support/open-loop.js';
import { duesOf } from '../../support/schedules.js';
import { threadAudit } from '../../support/threads.js';

const afterUs = fc.oneof(fc.nat(5000), fc.nat(800_000));
const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('answer'), afterUs, open: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('answer'), afterUs, status: fc.constantFrom(201, 404, 500) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('failure'), afterUs }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('refusal'), afterUs }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'silence' }) },
);

const scenario = fc.record({
  ratePerSecond: fc.double({ min: 1, max: 400, noNaN: true }),
  durationMs: fc.double({ min: 1, max: 1500, noNaN: true }),
  shares: fc.integer({ min: 1, max: 3 }),
  slots: fc.integer({ min: 1, max: 12 }),
  open: fc.nat(12),
  connectUs: fc.constantFrom(0, 1000, 50_000, 400_000, Infinity),
  timeoutMs: fc.constantFrom(1, 20, 150, 700),
  maxQueue: fc.constantFrom(0, 1, 5, 1000),
  fates: fc.array(fate, { minLength: 1, maxLength: 20 }),
  latenessUs: fc.array(fc.oneof(fc.constant(0), fc.nat(2000), fc.nat(400_000), fc.constant(3_000_000)), {
    minLength: 1,
    maxLength: 8,
  }),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

async function play(told: Scenario) {
  const cell = cellCollector(told.durationMs);
  const whole = constantRate(told.ratePerSecond, told.durationMs);
  let wakes = 0;
  const run = virtualOpenLoop({
    ...told,
    open: Math.min(told.open, told.slots),
    schedule: everyNth(whole, told.shares - 1, told.shares),
    fate: (before) => told.fates[before % told.fates.length] as Fate,
    latenessUs: () => told.latenessUs[wakes++ % told.latenessUs.length] as number,
    onSample: (sample) => cell.add(sample),
  });
  run.clock.advanceMs(told.durationMs + told.timeoutMs + 10_000);
  return { ...run, finished: await run.hasFinished(), measurements: cell.snapshot(threadAudit()) };
}

describe('the accounting of an open loop', () => {
  it('ends every planned request in exactly one sample, whatever happens to it', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (told) => {
        const { finished, samples, schedule } = await play(told);
        expect(finished).toBe(true);
        expect(samples.map(({ dueUs }) => dueUs).sort((a, b) => a - b)).toEqual(duesOf(schedule));
      }),
      { numRuns: 150 },
    );
  });

  it('adds up: planned = succeeded + failed + timed out + dropped + unfinished', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(scenario, async (told) => {
        const { measurements, samples, schedule, transport } = await play(told);
        const { outcomes } = measurements;
        const { planned, sent, succeeded, failed, timedOut, dropped, unfinished } = outcomes;
        expect(succeeded + failed + timedOut + dropped + unfinished).toBe(planned);
        expect(planned).toBe(schedule.planned);
        expect(sent).toBe(transport.sent);
        for (const { outcome, sentUs } of samples)
          seen.add(`${outcome}${Number.isNaN(sentUs) ? '' : ', sent'}`);
      }),
      { numRuns: 150, seed: 1 },
    );
    // Otherwise the property would hold of too little.
    expect([...seen].sort()).toEqual([
      'dropped',
      'network-failure',
      'network-failure, sent',
      'succeeded, sent',
      'timed-out',
      'timed-out, sent',
      'unfinished',
      'wrong-status, sent',
    ]);
  });

  it('has seconds that add up to the totals', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (told) => {
        const { outcomes, seconds } = (await play(told)).measurements;
        const sum = (key: 'sent' | 'succeeded' | 'failed' | 'sentAndEnded'): number =>
          seconds.reduce((total, second) => total + second[key], 0);
        expect(sum('sent')).toBe(outcomes.sent);
        expect(sum('sentAndEnded')).toBe(outcomes.sent);
        expect(sum('succeeded')).toBe(outcomes.succeeded);
        expect(sum('failed')).toBe(outcomes.planned - outcomes.succeeded);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps the stamps of each sample in order', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (told) => {
        for (const { dueUs, releasedUs, sentUs, doneUs } of (await play(told)).samples) {
          const reached = [dueUs, releasedUs, sentUs, doneUs].filter((stamp) => !Number.isNaN(stamp));
          expect(reached).toEqual(reached.toSorted((a, b) => a - b));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('leaves no timer behind and no request under way', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (told) => {
        const { clock, transport } = await play(told);
        expect([clock.pendingTimers, transport.inFlight]).toEqual([0, 0]);
      }),
      { numRuns: 100 },
    );
  });
});
