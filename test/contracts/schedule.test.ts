import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constantRate } from '../../src/load/schedules/constant-rate.js';
import { everyNth } from '../../src/load/schedules/every-nth.js';
import type { Schedule } from '../../src/model/schedule.js';
import { duesOf } from '../support/schedules.js';

const rate = fc.double({ min: 0.1, max: 500, noNaN: true });
const durationMs = fc.double({ min: 0.1, max: 2000, noNaN: true });
const whole = fc.tuple(rate, durationMs).map(([r, d]) => ({ schedule: constantRate(r, d), durationMs: d }));

const implementations: Record<string, fc.Arbitrary<{ schedule: Schedule; durationMs: number }>> = {
  constantRate: whole,
  everyNth: fc
    .tuple(whole, fc.integer({ min: 1, max: 7 }), fc.nat(6))
    .map(([{ schedule, durationMs: d }, of, index]) => ({
      schedule: everyNth(schedule, index % of, of),
      durationMs: d,
    })),
};

describe.each(Object.entries(implementations))('the schedule %s', (_name, schedules) => {
  it('is monotone, and inside its duration', () => {
    fc.assert(
      fc.property(schedules, ({ schedule, durationMs: limitMs }) => {
        const dues = duesOf(schedule);
        dues.forEach((due, index) => {
          expect(due).toBeGreaterThanOrEqual(index === 0 ? 0 : (dues[index - 1] as number));
          expect(due).toBeLessThan(limitMs * 1000);
        });
      }),
    );
  });

  it('is over exactly after the requests that it planned', () => {
    fc.assert(
      fc.property(schedules, ({ schedule }) => {
        expect(duesOf(schedule)).toHaveLength(schedule.planned);
        expect(schedule.dueAtUs(schedule.planned + 100)).toBeUndefined();
      }),
    );
  });

  it('is a pure function of the index', () => {
    fc.assert(
      fc.property(schedules, fc.nat(1000), ({ schedule }, index) => {
        const once = schedule.dueAtUs(index);
        schedule.dueAtUs(index + 1);
        expect(schedule.dueAtUs(index)).toBe(once);
      }),
    );
  });
});
