import type { LoadPlan } from '../../model/load-plan.js';
import type { Schedule } from '../../model/schedule.js';
import { constantRate } from './constant-rate.js';
import { everyNth } from './every-nth.js';

/** The schedule of one generator's part of a plan. */
export function scheduleOf(plan: LoadPlan, part: { index: number; of: number }): Schedule {
  return everyNth(constantRate(plan.ratePerSecond, plan.durationMs), part.index, part.of);
}
