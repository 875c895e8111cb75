/** From the harness to the supervisor of a target. */
export type SupervisorOrder =
  | { kind: 'start'; words: readonly string[]; folder: string; env: Readonly<Record<string, string>> }
  | { kind: 'end' };

/** From the supervisor. */
export type SupervisorReport =
  | { kind: 'started'; pid: number }
  | { kind: 'not-started'; message: string }
  | { kind: 'exited'; code: number | null; signal: string | null };
