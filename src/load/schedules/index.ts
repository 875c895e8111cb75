import { scheduleOfAll, type Load } from '../../model/loads/index.js';
import type { Schedule } from '../../model/loads/schedule.js';
import { everyNth } from './every-nth.js';

/** The schedule of one generator's part of a load; of one that has none, since the answers decide, that of no request. */
export function scheduleOf(load: Load, part: { index: number; of: number }): Schedule {
  const whole = scheduleOfAll(load);
  return whole === null ? NOTHING : everyNth(whole, part.index, part.of);
}

const NOTHING: Schedule = { planned: 0, dueAtUs: () => undefined };
