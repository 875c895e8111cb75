import type { HoldSockets } from '../model/results/gauges.js';
import type { Fetch } from '../model/requests/fetch.js';

/** A server under test, started by us or found running. */
export interface Target {
  /** Without a path: `http://127.0.0.1:8000`. */
  readonly origin: string;
  /** Sends requests outside the load; fails once another server has taken over its address. */
  readonly fetch: Fetch;
  /** Its main process, for people; null when unknown. */
  readonly pid: number | null;
  /** Returns the ids of all its processes as they are now; null when they are unknown. */
  readonly processes: (() => readonly number[]) | null;
  /** Why its processes are unknown; null when they are known. */
  readonly unmeasured: string | null;
  /** Tells which of its processes hold how many connections; undefined where the system does not tell. */
  readonly sockets?: HoldSockets | undefined;
  /** In words, which other server has taken over its address; undefined while none has. Takes microseconds. */
  readonly intruder: () => Promise<string | undefined>;
  /** How it ended; undefined while it lives. */
  readonly death: string | undefined;
  /** Resolves when it has ended by itself. */
  readonly died: Promise<void>;
  /** The last lines that it wrote; empty when we did not start it. */
  lastOutput(lines: number): Promise<string[]>;
}
