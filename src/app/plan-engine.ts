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
const MOST_OVER_HTTP2 = 2000;

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
  const beyond = beyondFitness(highestRatePerSecond, limits, fitness);
  const protocol = config.http2
    ? ['Over HTTP/2, sent by undici: several requests at once on each connection.']
    : [];
  return {
    threads,
    pacingOf,
    notices: [...protocol, ...choices(config, threads, pacingOf), ...obstacles, ...beyond],
  };
}

/** As many threads as the highest rate needs, and no more than leave a core to the target. */
function threadsFor(
  { threads, client, http2 }: RunConfig,
  highestRatePerSecond: number,
  cores: number,
): number {
  if (threads !== 'auto') return threads;
  const most = http2 ? MOST_OVER_HTTP2 : MOST_PER_THREAD[client];
  const needed = Math.ceil(highestRatePerSecond / most);
  return Math.max(1, Math.min(needed, cores - 1));
}

function choices(config: RunConfig, threads: number, pacingOf: EnginePlan['pacingOf']): string[] {
  const chosen = config.plans.flatMap((plan) => config.workers.map((workers) => pacingOf({ plan, workers })));
  const said = chosen.flatMap(({ pacing, why }) => (why === null ? [] : [`${pacing} pacing: ${why}`]));
  return [...new Set(said)].map((choice) => `Load from ${plural(threads, 'thread')}, ${choice}.`);
}

/** What was found on another machine, as a cache in a moved home tells, says nothing here. */
function beyondFitness(rate: number, { cores }: MachineLimits, fitness: Fitness | undefined): string[] {
  if (fitness?.limits.cores !== cores || rate <= fitness.verdict.highestRatePerSecond) return [];
  const { at, verdict } = fitness;
  return [
    `${rate}/s is more than the ${verdict.highestRatePerSecond}/s that \`bench doctor\` found this machine ` +
      `fit for on ${at.slice(0, 10)}: cells may come out INVALID. Ask it again if that has changed.`,
  ];
}
