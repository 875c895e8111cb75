/** Names the folder that a supervisor removes when the harness is gone. */
export const SCRATCH_VARIABLE = 'OPENAPI_BENCH_SCRATCH';

/** From the harness to a supervisor. */
export type SupervisorOrder =
  | {
      kind: 'start';
      words: readonly string[];
      folder: string;
      env: Readonly<Record<string, string>>;
    }
  | { kind: 'end' };

/** From the supervisor. */
export type SupervisorReport =
  | { kind: 'started'; pid: number }
  | { kind: 'not-started'; message: string }
  | { kind: 'exited'; code: number | null; signal: string | null };
