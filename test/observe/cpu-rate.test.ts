import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CpuRate, LEAST_INTERVAL_MS } from '../../src/observe/cpu-rate.js';

const TICK_MS = 10;

test('the first look tells no rate, the next is over the time between them', () => {
  const rate = new CpuRate();
  expect([rate.add(0, 0), rate.add(500, 250), rate.add(1000, 300)]).toEqual([0, 50, 10]);
});

test('a tick between two looks that lie close together makes no peak', () => {
  const rate = new CpuRate();
  const looks: [number, number][] = [
    [8500, 0],
    [9000, 10],
    [9001, 20],
  ];
  expect(looks.map(([elapsedMs, cpuMs]) => rate.add(elapsedMs, cpuMs))).toEqual([0, 2, (100 * 20) / 501]);
});

test('no look in a window that is shorter than the least interval is left without a base', () => {
  const rate = new CpuRate();
  expect([rate.add(0, 0), rate.add(100, 50), rate.add(200, 60)]).toEqual([0, 50, 30]);
});

interface Case {
  /** Times between looks, in milliseconds. */
  readonly gapsMs: readonly number[];
  /** What each process uses between two looks, of a core, half of it in the system. */
  readonly loads: readonly (readonly number[])[];
}

const anyCase: fc.Arbitrary<Case> = fc.integer({ min: 2, max: 20 }).chain((looks) =>
  fc.record({
    gapsMs: fc.array(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 1500 })), {
      minLength: looks,
      maxLength: looks,
    }),
    loads: fc.array(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: looks, maxLength: looks }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
);

test('a rate is the true one over one of the intervals that are long enough, within the error of ticks', () => {
  fc.assert(
    fc.property(anyCase, ({ gapsMs, loads }) => {
      const rate = new CpuRate();
      const trueMs = loads.map(() => 0);
      const looks = [{ elapsedMs: 0, trueMs: 0 }];
      rate.add(0, 0);
      for (const [at, gapMs] of gapsMs.entries()) {
        for (const [one, load] of loads.entries()) trueMs[one]! += (load[at] ?? 0) * gapMs;
        const elapsedMs = looks.at(-1)!.elapsedMs + gapMs;
        const now = { elapsedMs, trueMs: trueMs.reduce((a, b) => a + b, 0) };
        const ticked = trueMs.reduce((sum, ms) => sum + 2 * TICK_MS * Math.floor(ms / 2 / TICK_MS), 0);
        const percent = rate.add(elapsedMs, ticked);
        const intervals = looks.filter((look) => elapsedMs - look.elapsedMs >= LEAST_INTERVAL_MS);
        if (intervals.length > 0) {
          // User and system time are rounded down, of each process.
          const error = (100 * 2 * TICK_MS * loads.length) / LEAST_INTERVAL_MS;
          const rates = intervals.map(
            (look) => (100 * (now.trueMs - look.trueMs)) / (elapsedMs - look.elapsedMs),
          );
          expect(rates.some((one) => Math.abs(one - percent) <= error)).toBe(true);
          expect(percent).toBeLessThanOrEqual(Math.max(...rates) + error);
        }
        looks.push(now);
      }
    }),
  );
});

test('looks at the usual distance are each a rate of their own', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 400, max: 600 }), fc.nat(500))), (steps) => {
      const rate = new CpuRate();
      rate.add(0, 0);
      let elapsedMs = 0;
      let cpuMs = 0;
      for (const [gapMs, spentMs] of steps) {
        elapsedMs += gapMs;
        cpuMs += spentMs;
        expect(rate.add(elapsedMs, cpuMs)).toBeCloseTo((100 * spentMs) / gapMs, 6);
      }
    }),
  );
});
