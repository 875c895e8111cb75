import type { Tick } from '../model/generator.js';
import type { PreflightResult } from '../model/preflight.js';
import type { ResourceSample } from '../model/resources.js';
import type { CellRecord } from '../model/run-record.js';

/** What a use case tells while it is at work; whoever shows it decides how. */
export type RunEvent =
  | { kind: 'notice'; message: string }
  | { kind: 'stage'; message: string }
  | { kind: 'preflight'; results: readonly PreflightResult[] }
  | { kind: 'planned'; cells: number; durationMs: number }
  | { kind: 'cell-started'; number: number; cells: number; name: string; remainingMs: number }
  | { kind: 'tick'; tick: Tick; resources: ResourceSample | undefined }
  | { kind: 'cell-finished'; cell: CellRecord };

export type Observer = (event: RunEvent) => void;
