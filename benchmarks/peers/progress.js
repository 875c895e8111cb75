import { performance } from 'node:perf_hooks';

/** What is being done, on stderr, with the time left as the estimates and the pace so far have it. */
export class Progress {
  #startedMs = performance.now();
  #doneSeconds = 0;
  #totalSeconds = 0;

  /** @param {number} seconds */
  expect(seconds) {
    this.#totalSeconds += seconds;
  }

  /** @param {number} seconds as was expected of what is now done */
  advance(seconds) {
    this.#doneSeconds += seconds;
  }

  /** @param {string} what */
  note(what) {
    process.stderr.write(`${this.#left()}  ${what}\n`);
  }

  #left() {
    const elapsedSeconds = (performance.now() - this.#startedMs) / 1000;
    const pace = this.#doneSeconds > 30 ? elapsedSeconds / this.#doneSeconds : 1;
    const left = Math.max(0, Math.round((this.#totalSeconds - this.#doneSeconds) * pace));
    return `${String(Math.floor(left / 60)).padStart(2)}:${String(left % 60).padStart(2, '0')} left`;
  }
}
