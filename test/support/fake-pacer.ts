import type { Pacer } from '../../src/load/pacers/pacer.js';
import type { FakeClock } from './fake-clock.js';

/** Wakes on a fake clock, `latenessUs()` microseconds after the instant asked for. */
export function fakePacer(clock: FakeClock, latenessUs: () => number = () => 0): Pacer {
  let cancel = (): void => {};
  return {
    spunUs: 0,
    wakeAt(atUs, wake) {
      cancel = clock.at(Math.max(atUs, clock.nowUs()) + latenessUs(), wake);
    },
    stop: () => cancel(),
  };
}
