import { limitsInTheWay } from '../analyze/load-limits.js';
import { plural } from '../kernel/format.js';
import { usableCores, type Fitness, type MachineLimits } from '../model/fitness.js';
import type { GeneratorShare } from '../model/generator.js';
import type { LoadPlan } from '../model/load-plan.js';
import { highestRateOf } from '../model/plan-figures.js';
import type { RunConfig } from '../model/run-config.js';
import { clientOf, MOST_PER_THREAD } from './choose-client.js';
import { choosePacing, type ChosenPacing } from './choose-pacing.js';

/** How a run makes its load on this machine. */
export interface EnginePlan {
  readonly threads: number;
  readonly client: GeneratorShare['client'];
  pacingOf(cell: { readonly plan: LoadPlan; readonly workers: number }): ChosenPacing;
  /** What was chosen for the user, and what will stand in the way. */
  readonly notices: readonly string[];
}

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
  const threads = threadsFor(config, highestRatePerSecond, usableCores(limits));
  const client = clientOf(config);
  const pacingOf: EnginePlan['pacingOf'] = ({ plan, workers }) =>
    choosePacing({
      wanted: config.pacing,
      ratePerSecond: highestRateOf(plan) / threads,
      threads,
      cores,
      quotaCores: limits.cpuQuotaCores ?? null,
      localWorkers: isLocal ? workers : 0,
    });
  const obstacles = limitsInTheWay(
    { ...config, highestRatePerSecond, threads, keepAlive: config.connection.keepAlive, isLocal },
    limits,
  );
  const beyond = beyondFitness(highestRatePerSecond, limits, fitness);
  const tooFast = beyondClient(config, highestRatePerSecond / threads);
  const chosen = choices(config, { threads, client, pacingOf });
  return { threads, client, pacingOf, notices: [...chosen, ...obstacles, ...tooFast, ...beyond] };
}

/** As many threads as the highest rate needs, and no more than leave a core to the target. */
function threadsFor(config: RunConfig, highestRatePerSecond: number, cores: number): number {
  if (config.threads !== 'auto') return config.threads;
  const needed = Math.ceil(highestRatePerSecond / MOST_PER_THREAD[clientOf(config)]);
  return Math.max(1, Math.min(needed, Math.floor(cores) - 1));
}

function beyondClient({ client }: RunConfig, ratePerThread: number): string[] {
  if (client === 'auto' || ratePerThread <= MOST_PER_THREAD[client]) return [];
  const instead = client === 'undici' ? ', or --client wire' : '';
  return [
    `One thread sends up to about ${MOST_PER_THREAD[client]}/s in time with ${client}, and is to send ` +
      `${Math.ceil(ratePerThread)}/s: cells may come out INVALID. Lower the rate, or use more --threads${instead}.`,
  ];
}

function choices(
  config: RunConfig,
  { threads, client, pacingOf }: Pick<EnginePlan, 'threads' | 'client' | 'pacingOf'>,
): string[] {
  const chosen = config.plans.flatMap((plan) => config.workers.map((workers) => pacingOf({ plan, workers })));
  const reasons = chosen.flatMap(({ pacing, why }) => (why === null ? [] : [`${pacing} pacing: ${why}`]));
  const from = `Load from ${plural(threads, 'thread')} with ${client}`;
  return [...new Set(reasons)].map((reason) => `${from}, ${reason}.`);
}

/** What was found on another machine, as a cache in a moved home tells, or under another quota, says nothing here. */
function beyondFitness(rate: number, limits: MachineLimits, fitness: Fitness | undefined): string[] {
  if (fitness === undefined || usableCores(fitness.limits) !== usableCores(limits)) return [];
  if (rate <= fitness.verdict.highestRatePerSecond) return [];
  const { at, verdict } = fitness;
  return [
    `${rate}/s is more than the ${verdict.highestRatePerSecond}/s that \`bench doctor\` found this machine ` +
      `fit for on ${at.slice(0, 10)}: cells may come out INVALID. Ask it again if that has changed.`,
  ];
}
