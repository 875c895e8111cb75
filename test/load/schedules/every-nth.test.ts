import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleOf } from '../../../src/load/schedules/index.js';
import { evenArrivals } from '../../../src/model/loads/even-arrivals.js';
import { everyNth } from '../../../src/load/schedules/every-nth.js';
import { anyLoad } from '../../support/loads.js';
import { duesOf } from '../../support/schedules.js';

describe('everyNth', () => {
  it('takes the first, the fourth, the seventh … of three shares', () => {
    const share = everyNth(evenArrivals(10, 1000), 0, 3);

    expect(duesOf(share)).toEqual([0, 300_000, 600_000, 900_000]);
  });

  it('gives the late shares the shorter end when the plan does not divide', () => {
    const whole = evenArrivals(10, 1000);

    expect([0, 1, 2, 3].map((first) => everyNth(whole, first, 4).planned)).toEqual([3, 3, 2, 2]);
  });

  it('leaves nothing for generators beyond the number of requests', () => {
    const share = everyNth(evenArrivals(2, 1000), 3, 8);

    expect(share.planned).toBe(0);
    expect(share.dueAtUs(0)).toBeUndefined();
  });

  it('partitions the whole of any plan: every request is in exactly one share', () => {
    fc.assert(
      fc.property(anyLoad, fc.integer({ min: 1, max: 9 }), (load, of) => {
        const whole = scheduleOf(load, { index: 0, of: 1 });
        const shares = Array.from({ length: of }, (_, index) => duesOf(scheduleOf(load, { index, of })));
        expect(shares.flat().sort((a, b) => a - b)).toEqual(duesOf(whole));
        shares.forEach((dues, first) => {
          expect(dues).toEqual(duesOf(whole).filter((_, index) => index % of === first));
        });
      }),
    );
  });
});
