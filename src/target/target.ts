import type { Fetch } from '../model/fetch.js';

/** A server under test, started by us or found running. */
export interface Target {
  /** Without a path: `http://127.0.0.1:8000`. */
  readonly origin: string;
  /** How requests outside the load reach it. */
  readonly fetch: Fetch;
  /** Root of its process tree; null when it is not known. */
  readonly pid: number | null;
  /** How it ended; undefined while it lives. */
  readonly death: string | undefined;
  /** Resolves when it has ended by itself. */
  readonly died: Promise<void>;
  /** The last lines that it wrote; empty when we did not start it. */
  lastOutput(lines: number): Promise<string[]>;
  /** Ends it with all its processes; does nothing to a server that we did not start. */
  stop(): Promise<void>;
}
