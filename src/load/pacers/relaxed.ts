import type { Clock } from '../../kernel/clock.js';
import type { Pacer } from './pacer.js';

/** Sleeps on timers: wakes up to about a millisecond late, and leaves the core to the target. */
export function relaxedPacer(clock: Clock): Pacer {
  let timer: NodeJS.Timeout | undefined;
  return {
    spins: false,
    wakeAt(atUs, wake) {
      const sleep = (): void => {
        timer = setTimeout(wakeIfDue, Math.max(0, (atUs - clock.nowUs()) / 1000));
      };
      const wakeIfDue = (): void => {
        // Timers cut off fractions of a millisecond and so may fire a little early.
        if (clock.nowUs() < atUs) sleep();
        else wake();
      };
      sleep();
    },
    stop: () => clearTimeout(timer),
  };
}
