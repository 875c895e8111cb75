/** From the harness to a supervisor. */
export type SupervisorOrder =
  | {
      kind: 'start';
      words: readonly string[];
      folder: string;
      env: Readonly<Record<string, string>>;
      /** Removed by the supervisor when the harness is gone; null = there is none. */
      scratch: string | null;
    }
  | { kind: 'end' };

/** From the supervisor. */
export type SupervisorReport =
  | { kind: 'started'; pid: number }
  | { kind: 'not-started'; message: string }
  | { kind: 'exited'; code: number | null; signal: string | null };
