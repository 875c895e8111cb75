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
      /** Tells all that it starts from everything else. */
      mark: string;
      /** Of the command itself, its own signal; see `WhenLeft`. */
      whenLeft: WhenLeft;
      stop: { signal: NodeJS.Signals; graceMs: number; words: readonly string[] | null };
      /** To be kept short; null = nowhere in a file. */
      logFile: string | null;
    }
  | { kind: 'end' }
  /** At once, without grace. */
  | { kind: 'kill' };

/**
 * What it means that the command has ended well: `over` ends what it left behind, too; `daemon` goes on as long as
 * something that it started lives; `elsewhere` goes on, since what it started need not be a process of ours.
 */
export type WhenLeft = 'over' | 'daemon' | 'elsewhere';

/** From the supervisor. */
export type SupervisorReport =
  | { kind: 'started'; signs: FamilySigns }
  | { kind: 'not-started'; message: string }
  | { kind: 'exited'; code: number | null; signal: string | null }
  | { kind: 'ended'; report: EndReport };
