import { describe, expect, test } from 'vitest';
import { type Load, spikeOf } from '../../../src/model/loads/index.js';
import { parseStages } from '../../../src/model/loads/stages-notation.js';

const staged = (text: string): Load => ({ kind: 'stages', stages: parseStages(text).stages });

describe('a spike of stages', () => {
  test.each<[string, [startS: number, endS: number, untilS: number] | null]>([
    // At a steady level before and after it.
    ['100@60s, 100:500@10s, 500@20s, 500:100@5s, 100@60s', [60, 95, 155]],
    // Jumps.
    ['100@60s, 500:500@20s, 100:100@60s', [60, 80, 140]],
    // On a ramp that ends where the spike begins, as in a usual plan.
    ['0:100@2m, 500@30s, 500@1m, 100@30s, 100@1m', [120, 240, 300]],
    // Up and down without a plateau; about the same level is enough.
    ['100@30s, 500@10s, 110@10s, 110@30s', [30, 50, 80]],
    ['100@30s, 500@10s, 85@10s, 85@30s', [30, 50, 80]],
    // A way down in steps.
    ['100@30s, 500@10s, 300@10s, 300@10s, 100@10s, 100@30s', [30, 70, 100]],
    // Until the load leaves the level again.
    ['100@30s, 500@10s, 100@10s, 100@20s, 200@10s', [30, 50, 70]],
    // The highest, the first time.
    ['100@30s, 300@10s, 100@10s, 100@10s, 500@10s, 100@10s, 100@10s, 500@10s, 100@10s', [60, 80, 90]],
    // Nothing after the way down is a spike as well: what can be said of it is the measurement's affair.
    ['100@30s, 500@10s, 100@10s', [30, 50, 50]],
    // None.
    ['0:100@2m, 500@30s', null],
    ['100@60s', null],
    ['500@30s, 100@30s', null],
    ['100@30s, 500@10s, 300@10s, 300@30s', null],
    ['100@30s, 500@10s, 50@10s, 50@30s', null],
    ['10@30s, 500@10s, 0@10s', null],
    ['0@30s, 500@10s, 0@10s, 0@30s', null],
    ['100@30s, 115@10s, 100@10s', null],
  ])('%s', (notation, seconds) => {
    const [startS, endS, untilS] = (seconds ?? []).map((one) => 1000 * one);
    expect(spikeOf(staged(notation))).toEqual(
      seconds === null ? null : { startMs: startS, endMs: endS, untilMs: untilS },
    );
  });

  test('of users is the same', () => {
    const stages = [
      { fromUsers: 10, toUsers: 10, durationMs: 20_000 },
      { fromUsers: 10, toUsers: 50, durationMs: 1000 },
      { fromUsers: 50, toUsers: 10, durationMs: 1000 },
      { fromUsers: 10, toUsers: 10, durationMs: 20_000 },
    ];
    expect(spikeOf({ kind: 'user-stages', stages, think: null })).toEqual({
      ...{ startMs: 20_000, endMs: 22_000, untilMs: 42_000 },
    });
  });
});
