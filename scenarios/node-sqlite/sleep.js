const neverWoken = new Int32Array(new SharedArrayBuffer(4));

/**
 * Holds the calling thread, and its event loop with it.
 *
 * @param {number} durationMs
 */
export function blockThread(durationMs) {
  Atomics.wait(neverWoken, 0, 0, durationMs);
}
