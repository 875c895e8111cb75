import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evenArrivals } from '../../../src/model/loads/even-arrivals.js';
import { stageArrivals } from '../../../src/model/loads/stage-arrivals.js';
import type { Stage } from '../../../src/model/loads/stage.js';
import { parseStages } from '../../../src/model/loads/stages-notation.js';
import { someStages } from '../../support/loads.js';
import { duesOf } from '../../support/schedules.js';

const scheduleOf = (text: string) => stageArrivals(parseStages(text).stages);
const secondsOf = (text: string): number[] => duesOf(scheduleOf(text)).map((dueUs) => dueUs / 1e6);

/** How many requests the stages hold until `untilMs`, fractions included. */
function integral(list: readonly Stage[], untilMs: number): number {
  let startMs = 0;
  let total = 0;
  for (const { fromRatePerSecond, toRatePerSecond, durationMs } of list) {
    const share = Math.min(1, Math.max(0, (untilMs - startMs) / durationMs));
    const rateThen = fromRatePerSecond + (toRatePerSecond - fromRatePerSecond) * share;
    total += ((fromRatePerSecond + rateThen) / 2) * share * (durationMs / 1000);
    startMs += durationMs;
  }
  return total;
}

describe('stages', () => {
  it.each<[string, number[]]>([
    // n = t²/2 · 2
    ['0:8@4s', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15].map((n) => Math.sqrt(n))],
    // The same backwards: n = 8t − t²
    ['8:0@4s', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15].map((n) => 4 - Math.sqrt(16 - n))],
    ['2@2s', [0, 0.5, 1, 1.5]],
    ['2@1s, 4:4@1s', [0, 0.5, 1, 1.25, 1.5, 1.75]],
    // Half a request is left over by the first stage, and the second one brings the other half.
    ['1.5@1s, 1:1@2s', [0, 2 / 3, 1.5, 2.5]],
    ['1@1s, 0:0@5s, 1:1@2s', [0, 6, 7]],
    ['0@3s, 2:2@1s', [3, 3.5]],
    ['1@1s, 0:0@1s', [0]],
  ])('of %s are due when the integral of the rate reaches each whole number', (text, seconds) => {
    const dues = secondsOf(text);
    expect(dues).toHaveLength(seconds.length);
    dues.forEach((due, index) => expect(due).toBeCloseTo(seconds[index]!, 9));
  });

  it('that fall to 0 just after a whole request, but for the rounding, lose none', () => {
    const before = '1.9:43.7@180ms, 15.5:58.7@560ms, 3.9:85.7@870ms';
    const dues = secondsOf(`${before}, 205.1:0@2468.493417844954ms, 1:1@1s`);
    expect(dues[317]).toBeCloseTo(0.18 + 0.56 + 0.87 + 2.468493417844954, 6);
    expect(dues.every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['0:100@2m', 6000],
    ['0:100@2m, 500@30s', 15_000],
    ['100:0@10s', 500],
    ['33.3@10s', 333],
    ['0.1:0.2@10s, 0.1:0.2@10s', 3],
    ['0.1@1s', 1],
    ['0:0.1@1s', 1],
    ['0:0@1s', 0],
  ])('of %s hold %d requests', (text, planned) => {
    expect(scheduleOf(text).planned).toBe(planned);
  });

  it('of one flat rate are a constant rate', () => {
    const rate = fc.double({ min: 0.1, max: 500, noNaN: true });
    const lasting = fc.double({ min: 0.1, max: 2000, noNaN: true });
    fc.assert(
      fc.property(rate, lasting, (ratePerSecond, durationMs) => {
        const flat = duesOf(
          stageArrivals([{ fromRatePerSecond: ratePerSecond, toRatePerSecond: ratePerSecond, durationMs }]),
        );
        const constant = duesOf(evenArrivals(ratePerSecond, durationMs));
        expect(flat).toHaveLength(constant.length);
        flat.forEach((due, index) => expect(due).toBeCloseTo(constant[index]!, 3));
      }),
    );
  });

  it('cut in two at any point stay as they were', () => {
    fc.assert(
      fc.property(
        someStages,
        fc.nat(),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (list, which, share) => {
          const at = which % list.length;
          const { fromRatePerSecond, toRatePerSecond, durationMs } = list[at]!;
          const middle = fromRatePerSecond + (toRatePerSecond - fromRatePerSecond) * share;
          const halves: Stage[] = [
            { fromRatePerSecond, toRatePerSecond: middle, durationMs: durationMs * share },
            { fromRatePerSecond: middle, toRatePerSecond, durationMs: durationMs * (1 - share) },
          ];
          const cut = duesOf(stageArrivals([...list.slice(0, at), ...halves, ...list.slice(at + 1)]));
          const whole = duesOf(stageArrivals(list));
          // The end may round to the other side of a whole number.
          expect(Math.abs(cut.length - whole.length)).toBeLessThanOrEqual(1);
          for (let index = 0; index < Math.min(cut.length, whole.length); index += 1)
            expect(integral(list, cut[index]! / 1000)).toBeCloseTo(index, 6);
        },
      ),
    );
  });

  it('have sent, at any time, what the integral of the rate says', () => {
    fc.assert(
      fc.property(someStages, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const dues = duesOf(stageArrivals(list));
        const totalMs = list.reduce((sum, { durationMs }) => sum + durationMs, 0);
        const untilMs = totalMs * share;
        const sent = dues.filter((dueUs) => dueUs < untilMs * 1000).length;
        expect(Math.abs(sent - integral(list, untilMs))).toBeLessThanOrEqual(1 + 1e-6);
        expect(dues.length).toBe(Math.ceil(integral(list, totalMs) * (1 - 1e-12)));
      }),
      { numRuns: 500 },
    );
  });

  it('give a stage without a rate no request', () => {
    fc.assert(
      fc.property(someStages, someStages, (before, after) => {
        const rest = { fromRatePerSecond: 0, toRatePerSecond: 0, durationMs: 700 };
        const startUs = before.reduce((sum, { durationMs }) => sum + durationMs, 0) * 1000;
        const dues = duesOf(stageArrivals([...before, rest, ...after]));
        expect(dues.filter((due) => due > startUs + 1 && due < startUs + 700_000 - 1)).toEqual([]);
      }),
    );
  });
});
