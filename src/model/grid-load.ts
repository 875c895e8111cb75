import type { LoadPlan } from './load-plan.js';
import { highestRateOf, isSteady } from './plan-figures.js';
import type { CellRecord } from './run-record.js';

/** One load on one worker count: what the cells of a column have in common. */
export interface GridLoad {
  readonly key: string;
  /** Of one of its cells: the seeds of random arrivals differ. */
  readonly plan: LoadPlan;
  readonly workers: number;
  /** The highest rate of the plan. */
  readonly ratePerSecond: number;
  readonly isSteady: boolean;
}

export function gridLoadOf({ load, workers }: CellRecord): GridLoad {
  return {
    key: `${workers} ${planKey(load)}`,
    plan: load,
    workers,
    ratePerSecond: highestRateOf(load),
    isSteady: isSteady(load),
  };
}

/** The same for plans that differ in the seed of their arrivals alone. */
export function planKey(plan: LoadPlan): string {
  return JSON.stringify({ ...plan, seed: undefined });
}
