import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleOf } from '../../src/load/schedules/index.js';
import type { Load } from '../../src/model/loads/index.js';
import type { Schedule } from '../../src/model/loads/schedule.js';
import { anyLoad, loadsByName, windowMsOf } from '../support/loads.js';
import { duesOf } from '../support/schedules.js';

interface Case {
  /** Another one of the same kind each time. */
  readonly make: () => Schedule;
  readonly durationMs: number;
}

const partOf = (load: Load, index: number, of: number): Case => ({
  make: () => scheduleOf(load, { index, of }),
  durationMs: windowMsOf(load),
});

const implementations: Record<string, fc.Arbitrary<Case>> = {
  ...Object.fromEntries(
    Object.entries(loadsByName).map(([name, plans]) => [name, plans.map((load) => partOf(load, 0, 1))]),
  ),
  everyNth: fc
    .tuple(anyLoad, fc.integer({ min: 1, max: 7 }), fc.nat(6))
    .map(([load, of, index]) => partOf(load, index % of, of)),
};

describe.each(Object.entries(implementations))('the schedule %s', (_name, schedules) => {
  it('is monotone, and inside its duration', () => {
    fc.assert(
      fc.property(schedules, ({ make, durationMs }) => {
        const dues = duesOf(make());
        dues.forEach((due, index) => {
          expect(due).toBeGreaterThanOrEqual(index === 0 ? 0 : (dues[index - 1] as number));
          expect(due).toBeLessThan(durationMs * 1000);
        });
      }),
    );
  });

  it('is over exactly after the requests that it planned', () => {
    fc.assert(
      fc.property(schedules, ({ make }) => {
        const schedule = make();
        expect(duesOf(schedule)).toHaveLength(schedule.planned);
        expect(schedule.dueAtUs(schedule.planned + 100)).toBeUndefined();
      }),
    );
  });

  it('is a pure function of the index, in whatever order it is asked', () => {
    fc.assert(
      fc.property(schedules, fc.array(fc.nat(3000), { maxLength: 20 }), ({ make }, indices) => {
        const dues = duesOf(make());
        const schedule = make();
        for (const index of indices) expect(schedule.dueAtUs(index)).toBe(dues[index]);
      }),
    );
  });
});
