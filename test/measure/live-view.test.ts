import { describe, expect, it } from 'vitest';
import { LiveView, mergeTicks, readTick } from '../../src/measure/live-view.js';
import type { PartialTick } from '../../src/model/generation/generator.js';
import { sample } from '../support/samples.js';

const state = { phase: 'window', second: 0, elapsedMs: 1000, released: 10, inFlight: 2 } as const;

function tick(changes: Partial<PartialTick> = {}): PartialTick {
  return { ...state, sent: 5, succeeded: 3, failed: 0, timedOut: 0, answers: [[100, 3]], ...changes };
}

describe('the live view of a cell', () => {
  it('counts what has ended, what was sent and what is in flight', () => {
    const view = new LiveView();
    view.add(sample());
    view.add(sample({ outcome: 'wrong-status', status: 500 }));
    view.add(sample({ outcome: 'dropped', sentUs: Number.NaN }));

    expect(view.tick(state)).toMatchObject({
      sent: 2 + 2,
      succeeded: 1,
      failed: 2,
      timedOut: 0,
      inFlight: 2,
    });
  });

  it('gives totals, and the answers since the tick before', () => {
    const view = new LiveView();
    view.add(sample());
    view.tick(state);
    view.add(sample());

    const { succeeded, answers } = view.tick({ ...state, second: 1 });

    expect(succeeded).toBe(2);
    expect(answers.reduce((sum, [, count]) => sum + count, 0)).toBe(1);
  });

  it('ranks no request without an answer', () => {
    const view = new LiveView();
    view.add(sample({ outcome: 'timed-out' }));

    expect(readTick(view.tick(state))).toMatchObject({ failed: 1, timedOut: 1, p50Ms: null, p99Ms: null });
  });
});

describe('the ticks of several generators', () => {
  it('add up', () => {
    const whole = mergeTicks([
      tick(),
      tick({
        sent: 7,
        failed: 1,
        timedOut: 1,
        answers: [
          [100, 1],
          [200, 1],
        ],
      }),
    ]);

    expect(whole).toMatchObject({
      released: 20,
      sent: 12,
      succeeded: 6,
      failed: 1,
      timedOut: 1,
      inFlight: 4,
    });
    expect(whole.answers).toEqual([
      [100, 4],
      [200, 1],
    ]);
  });

  it('are of the second and the phase that the latest tells of', () => {
    const late = tick({ phase: 'drain', second: 10, elapsedMs: 10_003 });

    expect(mergeTicks([late, tick()])).toMatchObject({ phase: 'drain', second: 10, elapsedMs: 10_003 });
  });
});
