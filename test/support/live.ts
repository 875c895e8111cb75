import { subject } from './subjects.js';
import type { LiveCell, LiveRun, LiveSecond } from '../../src/model/live/live-run.js';

export function liveCell(changes: Partial<LiveCell> = {}): LiveCell {
  return {
    id: 'get_item_1000',
    name: 'get_item 1000/s',
    subject: subject({ id: 'get_item', method: 'GET', path: '/items/{item_id}' }),
    workers: 1,
    repeat: 1,
    load: { kind: 'constant-rate', ratePerSecond: 1000, durationMs: 10_000, arrivals: 'constant' },
    windowMs: 10_000,
    ...changes,
  };
}

/** A second in which a target keeps up with 1000 requests/s. */
export function liveSecond(changes: Partial<LiveSecond> = {}): LiveSecond {
  const second = changes.second ?? 0;
  return {
    phase: 'window',
    second,
    elapsedMs: (second + 1) * 1000,
    targetRatePerSecond: 1000,
    sent: 1000,
    succeeded: 1000,
    failed: 0,
    p50Ms: 0.71,
    p99Ms: 4.9,
    inFlight: 3,
    waiting: 0,
    cpuPercent: 66.4,
    memoryBytes: 91 * 1024 * 1024,
    ...changes,
  };
}

export function warmUpSecond(): LiveSecond {
  return {
    ...{ phase: 'warm-up', second: 0, elapsedMs: 1000, targetRatePerSecond: null },
    ...{ sent: null, succeeded: null, failed: null, p50Ms: null, p99Ms: null },
    ...{ inFlight: null, waiting: null, cpuPercent: null, memoryBytes: null },
  };
}

/** In its third cell of 18, six seconds after the clock began. */
export function liveRun(changes: Partial<LiveRun> = {}): LiveRun {
  const p99s = [1.2, 1.3, 9.8, null, 2.4, 4.9];
  return {
    stage: '',
    plan: { cells: 18, atMs: -30_000 },
    done: { valid: 1, suspect: 1, invalid: 0 },
    remaining: { atMs: 0, durationMs: 190_000 },
    current: {
      cell: liveCell(),
      number: 3,
      seconds: [warmUpSecond(), ...p99s.map((p99Ms, second) => liveSecond({ second, p99Ms }))],
      failed: 0,
      ratePerSecond: 999.6,
    },
    ...changes,
  };
}
