import type { Clock } from '../../kernel/clock.js';
import type { Alarm } from './alarm.js';
import type { Pacer } from './pacer.js';

/** Sleeps until each deadline: a fraction of a millisecond late, and leaves the core to the target. */
export function relaxedPacer(clock: Clock, alarm: Alarm): Pacer {
  let turn: NodeJS.Immediate | undefined;
  return {
    spins: false,
    wakeAt(atUs, wake) {
      // What is due already needs no alarm, only a turn of the event loop to read answers.
      if (atUs <= clock.nowUs()) turn = setImmediate(wake);
      else alarm.set(atUs, wake);
    },
    stop() {
      clearImmediate(turn);
      alarm.clear();
    },
  };
}
