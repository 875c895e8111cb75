import type { RunConfig } from '../../model/config/run-config.js';
import { sizingKey, type Sizing } from '../../model/results/sizing.js';

/** One start of the target: how it is set up, and which repeat it is for. */
export interface PlannedStart extends Sizing {
  readonly repeat: number;
}

/** All starts of a run in their order: repeats outermost, then cases, then workers. */
export function startsOf({
  repeats,
  cases,
  workers,
}: Pick<RunConfig, 'repeats' | 'cases' | 'workers'>): PlannedStart[] {
  const limits = cases.length === 0 ? [{}] : cases.map((one) => ({ case: one }));
  return Array.from({ length: repeats }, (_, before) => before + 1).flatMap((repeat) =>
    limits.flatMap((some) => workers.map((count) => ({ repeat, workers: count, ...some }))),
  );
}

export function isSameStart(one: PlannedStart, other: PlannedStart): boolean {
  return one.repeat === other.repeat && sizingKey(one) === sizingKey(other);
}
