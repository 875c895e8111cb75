/**
 * Lets one caller through per turn of the event loop, in order of arrival. A loop that is blocked
 * by all the requests of one poll at once (1024 of 50 ms are 51 s) would not see SIGTERM for
 * as long; with turns it is blocked just as much, but looks up in between.
 */
export function takeTurns() {
  let last = Promise.resolve();
  return () => (last = last.then(() => new Promise((resolve) => setImmediate(resolve))));
}
