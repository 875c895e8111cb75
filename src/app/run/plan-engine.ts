import { foundOf, type Way } from '../../analyze/judge-fitness.js';
import { limitsInTheWay, type WantedLoad } from '../../analyze/load-limits.js';
import { plural } from '../../kernel/format.js';
import { usableCores, type Fitness, type MachineLimits } from '../../model/results/fitness.js';
import type { GeneratorShare } from '../../model/generation/generator.js';
import { type Load, highestRateOf, populationOf } from '../../model/loads/index.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { clientFor, mostPerThread, paceOf, type ClientChoice } from '../target/choose-client.js';
import { choosePacing, type ChosenPacing } from './choose-pacing.js';

/** How a run makes its load on this machine. */
export interface EnginePlan {
  readonly threads: number;
  readonly client: GeneratorShare['client'];
  /** Of any cell; 0 where all hold rates. */
  readonly mostUsers: number;
  pacingOf(cell: { readonly load: Load; readonly workers: number }): ChosenPacing;
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
  const highestRatePerSecond = Math.max(...config.loads.map(highestRateOf));
  const threads = threadsFor(config, highestRatePerSecond, usableCores(limits));
  const client = clientFor(config, paceOf(config.loads));
  const pacingOf: EnginePlan['pacingOf'] = ({ load, workers }) =>
    choosePacing({
      wanted: config.pacing,
      ratePerSecond: highestRateOf(load) / threads,
      threads,
      cores,
      quotaCores: limits.cpuQuotaCores ?? null,
      localWorkers: isLocal ? workers : 0,
    });
  const connections = connectionsFor(config);
  const obstacles = limitsInTheWay(
    {
      ...config,
      ...connections,
      highestRatePerSecond,
      threads,
      keepAlive: config.connection.keepAlive,
      isLocal,
    },
    limits,
  );
  const wanted = config.loads.flatMap((load) =>
    config.workers.map((workers) => ({
      ratePerSecond: highestRateOf(load),
      way: { threads, client, pacing: pacingOf({ load, workers }).pacing },
    })),
  );
  const beyond = config.http2 ? [] : beyondFitness(wanted, limits, fitness);
  const ratePerThread = highestRatePerSecond / threads;
  const chosen = choices(config, { threads, client, pacingOf });
  const notices = [...chosen, ...obstacles, ...beyondClient(config, ratePerThread), ...beyond];
  return { threads, client, mostUsers: connections.mostUsers, pacingOf, notices };
}

/** Each user has one of its own; the limit is for rates. */
function connectionsFor({
  loads,
  maxConnections,
}: RunConfig): Pick<WantedLoad, 'maxConnections' | 'mostUsers'> {
  const populations = loads.map((load) => populationOf(load)?.most ?? 0);
  return {
    maxConnections: populations.includes(0) ? maxConnections : 0,
    mostUsers: Math.max(...populations),
  };
}

/** How a run sends a rate by default, to a target with one worker on this machine. */
export function usualWay(ratePerSecond: number, limits: MachineLimits): Way {
  const usual = { threads: 'auto', client: 'auto', http2: false } as const;
  const threads = threadsFor(usual, ratePerSecond, usableCores(limits));
  const { pacing } = choosePacing({
    ...{ wanted: 'auto', ratePerSecond: ratePerSecond / threads, threads, localWorkers: 1 },
    ...{ cores: limits.cores, quotaCores: limits.cpuQuotaCores ?? null },
  });
  return { threads, pacing, client: clientFor(usual, ratePerSecond) };
}

/** As many threads as the highest rate needs, and no more than leave a core to the target. */
function threadsFor(config: ClientChoice, highestRatePerSecond: number, cores: number): number {
  if (config.threads !== 'auto') return config.threads;
  const needed = Math.ceil(highestRatePerSecond / mostPerThread(config, highestRatePerSecond));
  return Math.max(1, Math.min(needed, Math.floor(cores) - 1));
}

/** Where more is asked of the client than it can send, and nobody but the user has chosen it. */
function beyondClient(config: RunConfig, ratePerThread: number): string[] {
  const { client, http2 } = config;
  const most = mostPerThread(config, Math.max(...config.loads.map(highestRateOf)));
  if (client === 'auto' || ratePerThread <= most) return [];
  const instead = client === 'undici' && !http2 ? ', or --client wire' : '';
  return [
    `One thread sends up to about ${most}/s in time with ${client}${http2 ? ' over HTTP/2' : ''}, and is to send ` +
      `${Math.ceil(ratePerThread)}/s: cells may come out INVALID. Lower the rate, or use more --threads${instead}.`,
  ];
}

function choices(
  config: RunConfig,
  { threads, client, pacingOf }: Pick<EnginePlan, 'threads' | 'client' | 'pacingOf'>,
): string[] {
  const chosen = config.loads.flatMap((load) => config.workers.map((workers) => pacingOf({ load, workers })));
  const reasons = chosen.flatMap(({ pacing, why }) => (why === null ? [] : [`${pacing} pacing: ${why}`]));
  const from = `Load from ${plural(threads, 'thread')} with ${client}${config.http2 ? ' over HTTP/2' : ''}`;
  return [...new Set(reasons)].map((reason) => `${from}, ${reason}.`);
}

interface WantedWay {
  readonly ratePerSecond: number;
  readonly way: Way;
}

/**
 * Each rate beside what was found of the very way in which it will be sent: one notice, for the highest that is too high.
 * What was found on another machine, as a cache in a moved home tells, or under another quota, says nothing here.
 */
function beyondFitness(
  wanted: readonly WantedWay[],
  limits: MachineLimits,
  fitness: Fitness | undefined,
): string[] {
  if (fitness === undefined || usableCores(fitness.limits) !== usableCores(limits)) return [];
  const beyond = wanted.flatMap(({ ratePerSecond, way }) => {
    const found = foundOf(fitness.engine, way);
    return found && ratePerSecond > found.highestRatePerSecond ? [{ ratePerSecond, found }] : [];
  });
  const [highest] = beyond.toSorted((a, b) => b.ratePerSecond - a.ratePerSecond);
  if (!highest) return [];
  const { threads, client = 'wire', pacing, highestRatePerSecond } = highest.found;
  const found =
    highestRatePerSecond === 0
      ? '`bench doctor` found no rate that this machine is fit for'
      : `${highest.ratePerSecond}/s is more than the ${highestRatePerSecond}/s that \`bench doctor\` found this machine fit for`;
  return [
    `${found} on ${fitness.at.slice(0, 10)} with ${plural(threads, 'thread')} of ${client} and ${pacing} pacing: ` +
      'cells may come out INVALID. Ask it again if that has changed.',
  ];
}
