import { foundOf, type Way } from '../analyze/judge-fitness.js';
import { limitsInTheWay } from '../analyze/load-limits.js';
import { plural } from '../kernel/format.js';
import type { Fitness, MachineLimits } from '../model/fitness.js';
import type { LoadPlan } from '../model/load-plan.js';
import { highestRateOf } from '../model/plan-figures.js';
import type { RunConfig } from '../model/run-config.js';
import { choosePacing, type ChosenPacing } from './choose-pacing.js';

/** How a run makes its load on this machine. */
export interface EnginePlan {
  readonly threads: number;
  pacingOf(cell: { readonly plan: LoadPlan; readonly workers: number }): ChosenPacing;
  /** What was chosen for the user, and what will stand in the way. */
  readonly notices: readonly string[];
}

/** What one thread can be trusted to send while others need its core too; `bench doctor` measures it. */
const MOST_PER_THREAD = { wire: 30_000, undici: 20_000 } as const;

/**
 * `isLocal` tells whether the target takes cores from this machine, `fitness` what `bench doctor` has found
 * here, if it was asked.
 */
export function planEngine(
  config: RunConfig,
  limits: MachineLimits,
  isLocal: boolean,
  fitness: Fitness | undefined,
): EnginePlan {
  const { cores } = limits;
  const highestRatePerSecond = Math.max(...config.plans.map(highestRateOf));
  const threads = threadsFor(config, highestRatePerSecond, cores);
  const pacingOf: EnginePlan['pacingOf'] = ({ plan, workers }) =>
    choosePacing({
      wanted: config.pacing,
      ratePerSecond: highestRateOf(plan) / threads,
      threads,
      cores,
      localWorkers: isLocal ? workers : 0,
    });
  const obstacles = limitsInTheWay(
    { ...config, highestRatePerSecond, threads, keepAlive: config.connection.keepAlive, isLocal },
    limits,
  );
  const ways = config.plans.flatMap((plan) =>
    config.workers.map((workers) => ({
      ratePerSecond: highestRateOf(plan),
      way: { threads, pacing: pacingOf({ plan, workers }).pacing },
    })),
  );
  const beyond = beyondFitness(ways, limits, fitness);
  return { threads, pacingOf, notices: [...choices(config, threads, pacingOf), ...obstacles, ...beyond] };
}

/** How a run sends a rate unless it is told otherwise, to a target with one worker on this machine. */
export function usualWay(ratePerSecond: number, cores: number): Way {
  const threads = threadsFor({ threads: 'auto', client: 'wire' }, ratePerSecond, cores);
  const { pacing } = choosePacing({
    ...{ wanted: 'auto', ratePerSecond: ratePerSecond / threads },
    ...{ threads, cores, localWorkers: 1 },
  });
  return { threads, pacing };
}

/** As many threads as the highest rate needs, and no more than leave a core to the target. */
function threadsFor(
  { threads, client }: Pick<RunConfig, 'threads' | 'client'>,
  highestRatePerSecond: number,
  cores: number,
): number {
  if (threads !== 'auto') return threads;
  const needed = Math.ceil(highestRatePerSecond / MOST_PER_THREAD[client]);
  return Math.max(1, Math.min(needed, cores - 1));
}

function choices(config: RunConfig, threads: number, pacingOf: EnginePlan['pacingOf']): string[] {
  const chosen = config.plans.flatMap((plan) => config.workers.map((workers) => pacingOf({ plan, workers })));
  const said = chosen.flatMap(({ pacing, why }) => (why === null ? [] : [`${pacing} pacing: ${why}`]));
  return [...new Set(said)].map((choice) => `Load from ${plural(threads, 'thread')}, ${choice}.`);
}

interface WantedWay {
  readonly ratePerSecond: number;
  readonly way: Way;
}

/**
 * Each rate beside what was found of the very way in which it will be sent: one notice, for the highest that is too high.
 * What was found on another machine, as a cache in a moved home tells, says nothing here.
 */
function beyondFitness(
  wanted: readonly WantedWay[],
  { cores }: MachineLimits,
  fitness: Fitness | undefined,
): string[] {
  if (fitness?.limits.cores !== cores) return [];
  const beyond = wanted.flatMap(({ ratePerSecond, way }) => {
    const found = foundOf(fitness.engine, way);
    return found && ratePerSecond > found.highestRatePerSecond ? [{ ratePerSecond, found }] : [];
  });
  const [highest] = beyond.toSorted((a, b) => b.ratePerSecond - a.ratePerSecond);
  if (!highest) return [];
  const { threads, pacing, highestRatePerSecond } = highest.found;
  return [
    `${highest.ratePerSecond}/s is more than the ${highestRatePerSecond}/s that \`bench doctor\` found this machine fit for ` +
      `on ${fitness.at.slice(0, 10)} with ${plural(threads, 'thread')} and ${pacing} pacing: cells may come out INVALID. ` +
      'Ask it again if that has changed.',
  ];
}
