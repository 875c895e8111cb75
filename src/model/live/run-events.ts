import type { LiveCell, LiveSecond } from './live-run.js';
import type { PreflightResult } from '../results/preflight.js';
import type { CellRecord } from '../results/cell-record.js';
import type { RunRecord } from '../results/run-record.js';

/** What a use case reports while it is at work; the caller decides how to show it. */
export type RunEvent =
  | { kind: 'notice'; message: string }
  | { kind: 'stage'; message: string }
  | { kind: 'run-started'; record: RunRecord; folder: string }
  | { kind: 'preflight'; results: readonly PreflightResult[] }
  /** `durationMs` is the likely length of the rest of the run, `mostMs` that with a target that keeps up with nothing. */
  | { kind: 'planned'; cells: number; durationMs: number; mostMs: number }
  | { kind: 'cell-started'; cell: LiveCell; number: number; cells: number; remainingMs: number }
  | { kind: 'second'; second: LiveSecond }
  | { kind: 'cell-finished'; cell: CellRecord };

export type Observer = (event: RunEvent) => void;
