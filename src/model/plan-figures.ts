import { unreachable } from '../kernel/errors.js';
import type { LoadPlan, Stage } from './load-plan.js';

/** The length of the measured window. */
export function durationMsOf(plan: LoadPlan): number {
  switch (plan.kind) {
    case 'constant-rate':
      return plan.durationMs;
    case 'stages':
      return plan.stages.reduce((sum, { durationMs }) => sum + durationMs, 0);
    default:
      return unreachable(plan);
  }
}

/** The rate that a target which keeps up achieves, when the plan turned out to hold so many requests. */
export function plannedRps(plan: LoadPlan, planned: number): number {
  return (planned * 1000) / durationMsOf(plan);
}

/** Whether the rate stays the same, so that the target should, too. */
export function isSteady(plan: LoadPlan): boolean {
  switch (plan.kind) {
    case 'constant-rate':
      return true;
    case 'stages':
      return false;
    default:
      return unreachable(plan);
  }
}

/** The rates between which the plan moves, in its order: 0, 100, 500. A rate that stays is named once. */
export function ratesOf(plan: LoadPlan): number[] {
  switch (plan.kind) {
    case 'constant-rate':
      return [plan.ratePerSecond];
    case 'stages':
      return plan.stages.flatMap(ratesOfStage).filter((rate, at, rates) => rate !== rates[at - 1]);
    default:
      return unreachable(plan);
  }
}

function ratesOfStage({ fromRatePerSecond, toRatePerSecond }: Stage): number[] {
  return [fromRatePerSecond, toRatePerSecond];
}

/** The rate at an instant of the window, `elapsedMs` milliseconds after its opening. */
export function rateAt(plan: LoadPlan, elapsedMs: number): number {
  switch (plan.kind) {
    case 'constant-rate':
      return plan.ratePerSecond;
    case 'stages':
      return rateInStages(plan.stages, elapsedMs);
    default:
      return unreachable(plan);
  }
}

function rateInStages(stages: readonly Stage[], elapsedMs: number): number {
  let startMs = 0;
  for (const { fromRatePerSecond, toRatePerSecond, durationMs } of stages) {
    const share = (elapsedMs - startMs) / durationMs;
    if (share < 1) return fromRatePerSecond + share * (toRatePerSecond - fromRatePerSecond);
    startMs += durationMs;
  }
  return stages.at(-1)?.toRatePerSecond ?? 0;
}

export function highestRateOf(plan: LoadPlan): number {
  return Math.max(...ratesOf(plan));
}

/** A rate that is no harm to begin with: the first one above 0. */
export function firstRateOf(plan: LoadPlan): number {
  // Stages that hold no request at all were refused when they were read.
  return ratesOf(plan).find((rate) => rate > 0) ?? 1;
}
