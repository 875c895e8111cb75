const neverWoken = new Int32Array(new SharedArrayBuffer(4));
let lastTurn = Promise.resolve();

/**
 * Holds the calling thread, and its event loop with it.
 *
 * @param {number} durationMs
 */
export function blockThread(durationMs) {
  Atomics.wait(neverWoken, 0, 0, durationMs);
}

/**
 * Blocks the event loop, one caller for each of its turns, in order of arrival. In asyncio each
 * request is a task in the loop's queue: other ready tasks run and signals are handled between two
 * that block. Node instead would handle all requests of one poll in a row: 1000 of 50 ms, and
 * SIGTERM goes unseen for 50 s. The loop is blocked just as much, but looks up in between.
 *
 * @param {number} durationMs
 */
export async function blockLoop(durationMs) {
  lastTurn = lastTurn.then(() => new Promise((resolve) => setImmediate(resolve)));
  await lastTurn;
  blockThread(durationMs);
}
