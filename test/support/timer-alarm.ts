import type { Alarm } from '../../src/load/pacers/alarm.js';
import { systemClock as clock } from '../../src/kernel/clock.js';

/** An alarm on the event loop's timers: up to a millisecond late, but without a thread to end. */
export function timerAlarm(): Alarm {
  let cancel = (): void => {};
  return {
    set(atUs, ring) {
      cancel();
      cancel = clock.after((atUs - clock.nowUs()) / 1000, ring);
    },
    clear: () => cancel(),
  };
}
