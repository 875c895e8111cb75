import { KNOWN_FIGURES } from '../figures/gauge-figures.js';
import { axisOf, loadName, sizeOf, type Load } from '../loads/index.js';
import type { Objective } from '../results/objective.js';
import { quoted } from './quoted.js';

const AXES = { rate: 'rates', users: 'users', concurrency: 'concurrency' } as const;

/** Whether a load is the one that an objective names. */
export function isAbout(wanted: Objective['load'], load: Load): boolean {
  if (wanted === null) return true;
  return axisOf(load)?.name === AXES[wanted.of] && sizeOf(load) === wanted.size;
}

/** What is wrong with an objective that is about none of the loads of a run; undefined = nothing. */
export function loadProblem({ text, figure, load }: Objective, loads: readonly Load[]): string | undefined {
  const isOf = KNOWN_FIGURES.find(({ id }) => id === figure)?.isOf;
  if (isOf && !loads.some(isOf))
    return `The objective ${quoted(text)} is about ${figure}, which no load of this run has`;
  if (load === null || loads.some((one) => isAbout(load, one))) return undefined;
  const names = [...new Set(loads.map(loadName))].join(', ');
  return `The objective ${quoted(text)} is about a load that this run does not have: it has ${names}`;
}
