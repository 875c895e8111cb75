import type { Alarm } from '../../src/load/pacers/alarm.js';
import { threadAlarm } from '../../src/load/pacers/thread-alarm.js';

/** The real alarm; its thread needs compiled code, so build first. */
export function builtAlarm(): Alarm {
  alarm ??= threadAlarm(new URL('../../dist/entry/alarm-thread.js', import.meta.url));
  return alarm;
}

let alarm: Alarm | undefined;
