import type { Confinement } from './confinement/confinement.js';
import type { EndReport } from './processes/end-family.js';
import type { FamilySigns } from './processes/process-family.js';

/** Names the folder that a supervisor removes when the harness is gone. */
export const SCRATCH_VARIABLE = 'OPENAPI_BENCH_SCRATCH';

/** From the harness to a supervisor. */
export type SupervisorOrder =
  | {
      kind: 'start';
      words: readonly string[];
      folder: string;
      env: Readonly<Record<string, string>>;
      /** Value of the variable that marks everything it starts. */
      mark: string;
      /** What to do when the command itself exits with 0. */
      whenLeft: WhenLeft;
      stop: { signal: NodeJS.Signals; graceMs: number; words: readonly string[] | null; wordsLast?: boolean };
      /** Whom it runs as; null = the user of bench. */
      user: { uid: number; gid: number } | null;
      /** What it may use; null = whatever there is. */
      confinement: Confinement | null;
      /** Its log, to be kept small; null = it has none. */
      logFile: string | null;
    }
  | { kind: 'end' }
  /** End it without its stop command and without grace. */
  | { kind: 'leave' }
  /** End it at once, without grace. */
  | { kind: 'kill' };

/**
 * What it means when the command exits with 0. `over`: it is done, and what it left behind is ended. `daemon`: the target
 * lives as long as any process that it started. `elsewhere`: the target lives on outside our processes.
 */
export type WhenLeft = 'over' | 'daemon' | 'elsewhere';

/** From the supervisor. */
export type SupervisorReport =
  | { kind: 'started'; signs: FamilySigns }
  | { kind: 'not-started'; message: string }
  /** `memoryKills`: how many of its processes were killed at its memory limit. */
  | { kind: 'exited'; code: number | null; signal: string | null; memoryKills: number }
  | { kind: 'ended'; report: EndReport };
