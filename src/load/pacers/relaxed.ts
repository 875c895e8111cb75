import type { Clock } from '../../kernel/clock.js';
import type { Alarm } from './alarm.js';
import type { Pacer } from './pacer.js';

/** Sleeps until each deadline: a fraction of a millisecond late, and leaves the core to the target. */
export function relaxedPacer(clock: Clock, alarm: Alarm): Pacer {
  let turn: NodeJS.Immediate | undefined;
  return {
    spins: false,
    wakeAt(atUs, wake) {
      const wakeIfDue = (): void => {
        // The clocks of two threads may differ by a fraction of a microsecond.
        if (clock.nowUs() < atUs) turn = setImmediate(wakeIfDue);
        else wake();
      };
      // What is due already needs no alarm, only a turn of the event loop to read answers.
      if (atUs <= clock.nowUs()) turn = setImmediate(wake);
      else alarm.set(atUs, wakeIfDue);
    },
    stop() {
      clearImmediate(turn);
      alarm.clear();
    },
  };
}
