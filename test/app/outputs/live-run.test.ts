import { describe, expect, it } from 'vitest';
import { advance, BEFORE_THE_RUN } from '../../../src/app/outputs/live-run.js';
import type { RunEvent } from '../../../src/model/live/run-events.js';
import type { LiveRun } from '../../../src/model/live/live-run.js';
import { cell } from '../../support/cells.js';
import { liveCell, liveSecond, warmUpSecond } from '../../support/live.js';

const started: RunEvent = {
  kind: 'cell-started',
  cell: liveCell(),
  number: 1,
  cells: 2,
  remainingMs: 25_000,
};

function after(...events: RunEvent[]): LiveRun {
  return events.reduce((run, event, at) => advance(run, event, at * 1000), BEFORE_THE_RUN);
}

const second = (changes: Parameters<typeof liveSecond>[0]): RunEvent => ({
  kind: 'second',
  second: liveSecond(changes),
});

describe('a run that is followed', () => {
  it('has a stage until a cell begins', () => {
    expect(after({ kind: 'stage', message: 'starting' }).stage).toBe('starting');
    expect(after({ kind: 'stage', message: 'starting' }, started)).toMatchObject({
      stage: '',
      current: { number: 1 },
    });
  });

  it('knows the time that was left when it was last told', () => {
    expect(after({ kind: 'planned', cells: 2, durationMs: 26_000, mostMs: 99_000 })).toMatchObject({
      plan: { cells: 2, atMs: 0 },
      remaining: { atMs: 0, durationMs: 26_000 },
    });
    expect(after({ kind: 'notice', message: '' }, started).remaining).toEqual({
      atMs: 1000,
      durationMs: 25_000,
    });
  });

  it('counts the finished cells by verdict', () => {
    const finished = (state: 'VALID' | 'SUSPECT' | 'INVALID'): RunEvent => ({
      kind: 'cell-finished',
      cell: cell({ verdict: { state, reasons: [] } }),
    });
    const run = after(
      started,
      finished('VALID'),
      started,
      finished('SUSPECT'),
      finished('INVALID'),
      finished('VALID'),
    );

    expect(run.done).toEqual({ valid: 2, suspect: 1, invalid: 1 });
    expect(run.current).toBeNull();
  });

  it('adds up the errors of a cell, and begins anew in the next', () => {
    const events = [started, second({ failed: 2 }), second({ second: 1, failed: 3 })];

    expect(after(...events).current?.failed).toBe(5);
    expect(after(...events, started).current).toMatchObject({ failed: 0, seconds: [], ratePerSecond: null });
  });

  it('takes the rate from the time that a second really took', () => {
    const warmUp: RunEvent = { kind: 'second', second: warmUpSecond() };
    const late = second({ second: 1, elapsedMs: 3000, succeeded: 1000 });

    expect(after(started, warmUp).current?.ratePerSecond).toBeNull();
    expect(after(started, warmUp, second({})).current?.ratePerSecond).toBe(1000);
    expect(after(started, warmUp, second({}), late).current?.ratePerSecond).toBe(500);
  });

  it('keeps the rate where too little time has passed for another', () => {
    const rest = second({ second: 1, elapsedMs: 1003, succeeded: 1, phase: 'drain' });

    expect(after(started, second({}), rest).current?.ratePerSecond).toBe(1000);
  });

  it('keeps no more seconds than can be shown', () => {
    const many = Array.from({ length: 1000 }, (_, at) => second({ second: at }));
    const { current } = after(started, ...many);

    expect(current?.seconds).toHaveLength(120);
    expect(current?.seconds.at(-1)?.second).toBe(999);
  });
});
