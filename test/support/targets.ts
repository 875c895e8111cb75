import type { Fetch } from '../../src/model/requests/fetch.js';
import type { Target } from '../../src/target/target.js';

/** A target that answers so, lives on, and has no process that bench knows. */
export function targetAt(origin: string, fetch: Fetch): Target {
  return {
    origin,
    fetch,
    pid: null,
    processes: null,
    unmeasured: 'it is no process',
    intruder: () => Promise.resolve(undefined),
    death: undefined,
    died: new Promise(() => {}),
    lastOutput: () => Promise.resolve([]),
  };
}
