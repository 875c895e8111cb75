import type { CellUnderWay, LiveRun, LiveSecond } from '../../model/live/live-run.js';
import type { VerdictState } from '../../model/results/verdict.js';
import type { RunEvent } from '../../model/live/run-events.js';

export const BEFORE_THE_RUN: LiveRun = {
  stage: '',
  plan: null,
  done: { valid: 0, suspect: 0, invalid: 0 },
  remaining: null,
  current: null,
};

/** More seconds than a terminal has columns to show. */
const MOST_SECONDS = 120;
/** Over less time a rate says nothing, in milliseconds. */
const SHORTEST_FOR_RATE_MS = 500;

/** The run after an event, at `nowMs` of a monotonic clock. */
export function advance(run: LiveRun, event: RunEvent, nowMs: number): LiveRun {
  switch (event.kind) {
    case 'stage':
      return { ...run, stage: event.message };
    case 'planned':
      return {
        ...run,
        plan: { cells: event.cells, atMs: nowMs },
        remaining: { atMs: nowMs, durationMs: event.durationMs },
      };
    case 'cell-started': {
      const { cell, number, remainingMs } = event;
      const current = { cell, number, seconds: [], failed: 0, ratePerSecond: null };
      return { ...run, stage: '', remaining: { atMs: nowMs, durationMs: remainingMs }, current };
    }
    case 'second':
      return run.current ? { ...run, current: afterSecond(run.current, event.second) } : run;
    case 'cell-finished': {
      const state = DONE_AS[event.cell.verdict.state];
      return { ...run, done: { ...run.done, [state]: run.done[state] + 1 }, current: null };
    }
    case 'run-started':
    case 'notice':
    case 'preflight':
      return run;
  }
}

const DONE_AS = { VALID: 'valid', SUSPECT: 'suspect', INVALID: 'invalid' } as const satisfies Record<
  VerdictState,
  keyof LiveRun['done']
>;

function afterSecond(cell: CellUnderWay, second: LiveSecond): CellUnderWay {
  const before = cell.seconds.at(-1);
  const isNewClock = before === undefined || before.phase === 'warm-up';
  const spanMs = second.elapsedMs - (isNewClock ? 0 : before.elapsedMs);
  const isLong = second.succeeded !== null && spanMs >= SHORTEST_FOR_RATE_MS;
  return {
    ...cell,
    seconds: [...cell.seconds.slice(1 - MOST_SECONDS), second],
    failed: cell.failed + (second.failed ?? 0),
    ratePerSecond: isLong ? ((second.succeeded ?? 0) * 1000) / spanMs : cell.ratePerSecond,
  };
}
