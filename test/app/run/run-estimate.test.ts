import { subject } from '../../support/subjects.js';
import { describe, expect, it } from 'vitest';
import type { PlannedCell } from '../../../src/app/run/plan-cells.js';
import { RunEstimate, type EstimateFacts } from '../../../src/app/run/run-estimate.js';

interface Place {
  readonly path?: string;
  readonly rate?: number;
  readonly workers?: number;
  readonly repeat?: number;
}

/** 10 s after 2 s of warm-up. */
function planned({ path = '/a', rate = 100, workers = 1, repeat = 1 }: Place = {}): PlannedCell {
  return {
    subject: subject({ id: path, method: 'GET', path }),
    load: { kind: 'constant-rate', ratePerSecond: rate, durationMs: 10_000, arrivals: 'constant' },
    ...{ workers, repeat, name: path, idParts: [path], warmupMs: 2000 },
  };
}

const facts: EstimateFacts = { timeoutMs: 10_000, isTargetStarted: true, serviceMsOf: () => undefined };

function estimate(cells: readonly PlannedCell[], changes: Partial<EstimateFacts> = {}): RunEstimate {
  const made = new RunEstimate(cells, { ...facts, ...changes });
  made.startTook(3000);
  return made;
}

describe('the estimate before a run', () => {
  it('is windows, warm-ups, a little for each cell, and the last stop', () => {
    expect(estimate([planned(), planned({ path: '/b' })]).remainingMs(0)).toBe(2 * 12_250 + 500);
  });

  it('holds a start and a stop for each worker count and repeat that is still to come', () => {
    const cells = [planned(), planned({ workers: 4 }), planned({ repeat: 2 })];
    expect(estimate(cells).remainingMs(0)).toBe(3 * 12_250 + 2 * 3000 + 3 * 500);
    expect(estimate(cells).remainingMs(0, false)).toBe(3 * 12_250 + 3 * 3000 + 3 * 500);
    expect(estimate(cells).remainingMs(2)).toBe(12_250 + 500);
  });

  it('expects trouble of cells that need many requests at once, by rate and service time', () => {
    const slow = { serviceMsOf: () => 50 };
    expect(estimate([planned({ rate: 960 })], slow).remainingMs(0)).toBe(12_300 + 500);
    // A third of a time-out, of a recovery that fails, and of a restart.
    const trouble = (10_000 + 5000 + 3500) / 3;
    expect(estimate([planned({ rate: 961 })], slow).remainingMs(0)).toBeCloseTo(12_300 + 500 + trouble);
    expect(estimate([planned({ rate: 961, workers: 2 })], slow).remainingMs(0)).toBe(12_300 + 500);
  });

  it('is bounded by a target that keeps up with nothing', () => {
    expect(estimate([planned()]).mostMs()).toBe(12_250 + 10_000 + 5000 + 3500 + 500);
    expect(estimate([planned()], { isTargetStarted: false }).mostMs()).toBe(12_250 + 10_000 + 5000 + 500);
  });
});

describe('the time left', () => {
  it('takes an endpoint to need as long as it did before, at any rate', () => {
    const cells = [
      planned(),
      planned({ path: '/b' }),
      planned({ rate: 200 }),
      planned({ path: '/b', rate: 200 }),
    ];
    const made = estimate(cells);
    made.cellTook(cells[0]!, 30_000);
    made.cellTook(cells[1]!, 12_100);
    expect(made.remainingMs(2)).toBe(30_000 + 12_100 + 500);
  });

  it('takes an endpoint that is new to need what most did, so that one slow one does not speak for all', () => {
    const cells = ['/a', '/b', '/c', '/d'].map((path) => planned({ path }));
    const made = estimate(cells);
    made.cellTook(cells[0]!, 32_000);
    expect(made.remainingMs(1)).toBe(3 * 12_250 + 500);
    made.cellTook(cells[1]!, 32_000);
    expect(made.remainingMs(2)).toBe(2 * 32_000 + 500);
  });

  it('learns how long starts and stops take', () => {
    const cells = [planned(), planned({ workers: 2 }), planned({ workers: 4 })];
    const made = estimate(cells);
    made.stopTook(1500);
    made.startTook(5000);
    expect(made.remainingMs(1)).toBe(2 * 12_250 + 4000 + 2 * 1500);
  });
});
