import type { Fetch } from '../model/fetch.js';

/** A server under test, started by us or found running. */
export interface Target {
  /** Without a path: `http://127.0.0.1:8000`. */
  readonly origin: string;
  /** How requests outside the load reach it; fails where another server has taken its place. */
  readonly fetch: Fetch;
  /** Its first process, for people; null when it is not known. */
  readonly pid: number | null;
  /** The ids of all its processes as they are now; null when they are not known. */
  readonly processes: (() => readonly number[]) | null;
  /** Why its processes are not known; null when they are. */
  readonly unmeasured: string | null;
  /** What to say when another server listens in its place; undefined while none does. Cheap. */
  readonly intruder: () => Promise<string | undefined>;
  /** How it ended; undefined while it lives. */
  readonly death: string | undefined;
  /** Resolves when it has ended by itself. */
  readonly died: Promise<void>;
  /** The last lines that it wrote; empty when we did not start it. */
  lastOutput(lines: number): Promise<string[]>;
}
