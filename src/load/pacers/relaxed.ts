import type { Clock } from '../../kernel/clock.js';
import type { Pacer } from './pacer.js';

/** Sleeps on timers: wakes up to about a millisecond late, and leaves the core to the target. */
export function relaxedPacer(clock: Clock): Pacer {
  let timer: NodeJS.Timeout | undefined;
  return {
    spins: false,
    wakeAt(atUs, wake) {
      timer = setTimeout(wake, Math.max(0, (atUs - clock.nowUs()) / 1000));
    },
    stop: () => clearTimeout(timer),
  };
}
