import type { Clock } from '../../kernel/clock.js';
import type { Alarm } from './alarm.js';
import type { Pacer } from './pacer.js';

/** Sleeps until each deadline: a fraction of a millisecond late, and leaves the core to the target. */
export function relaxedPacer(clock: Clock, alarm: Alarm): Pacer {
  let turn: NodeJS.Immediate | undefined;
  let deadlineUs = 0;
  let wakeDriver = (): void => {};
  const wakeIfDue = (): void => {
    // The clocks of two threads may differ by a fraction of a microsecond.
    if (clock.nowUs() < deadlineUs) turn = setImmediate(wakeIfDue);
    else wakeDriver();
  };
  return {
    spunUs: 0,
    wakeAt(atUs, wake) {
      deadlineUs = atUs;
      wakeDriver = wake;
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
