import { unreachable } from '../../kernel/errors.js';
import type { LoadPlan } from '../../model/load-plan.js';
import type { Schedule } from '../../model/schedule.js';
import { constantRate } from './constant-rate.js';
import { everyNth } from './every-nth.js';
import { poisson } from './poisson.js';
import { stages } from './stages.js';

/** The schedule of one generator's part of a plan. */
export function scheduleOf(plan: LoadPlan, part: { index: number; of: number }): Schedule {
  return everyNth(wholeOf(plan), part.index, part.of);
}

function wholeOf(plan: LoadPlan): Schedule {
  switch (plan.kind) {
    case 'constant-rate':
      return plan.arrivals === 'poisson'
        ? poisson(plan.ratePerSecond, plan.durationMs, plan.seed)
        : constantRate(plan.ratePerSecond, plan.durationMs);
    case 'stages':
      return stages(plan.stages);
    default:
      return unreachable(plan);
  }
}
