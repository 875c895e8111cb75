import { scheduleOfAll, type Load } from '../../model/loads/index.js';
import type { Schedule } from '../../model/loads/schedule.js';
import { everyNth } from './every-nth.js';

/** The schedule of one generator's part of a load. */
export function scheduleOf(load: Load, part: { index: number; of: number }): Schedule {
  return everyNth(scheduleOfAll(load), part.index, part.of);
}
