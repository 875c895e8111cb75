import type { Clock } from '../../kernel/clock.js';
import type { Alarm } from './alarm.js';
import type { Pacer } from './pacer.js';

/**
 * The shortest sleep, in microseconds. Each wake costs some 30 µs of CPU; above 4000 requests/s several of
 * them share one, and are late by half of this in the median.
 */
const SHORTEST_SLEEP_US = 250;

/** Sleeps until each deadline: a fraction of a millisecond late, and leaves the core to the target. */
export function relaxedPacer(clock: Clock, alarm: Alarm): Pacer {
  let turn: NodeJS.Immediate | undefined;
  let deadlineUs = 0;
  let wokenUs = 0;
  let wakeDriver = (): void => {};
  const wakeIfDue = (): void => {
    // The clocks of two threads may differ by a fraction of a microsecond.
    const nowUs = clock.nowUs();
    if (nowUs < deadlineUs) {
      turn = setImmediate(wakeIfDue);
      return;
    }
    wokenUs = nowUs;
    wakeDriver();
  };
  return {
    spunUs: 0,
    wakeAt(atUs, wake) {
      deadlineUs = Math.max(atUs, wokenUs + SHORTEST_SLEEP_US);
      wakeDriver = wake;
      // What is due already needs no alarm, only a turn of the event loop to read answers.
      if (deadlineUs <= clock.nowUs()) turn = setImmediate(wakeIfDue);
      else alarm.set(deadlineUs, wakeIfDue);
    },
    stop() {
      clearImmediate(turn);
      alarm.clear();
    },
  };
}
