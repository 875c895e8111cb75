import { coresInWords } from '../kernel/format.js';
import {
  usableCores,
  type EngineFitness,
  type Fitness,
  type MachineLimits,
  type Remark,
} from '../model/results/fitness.js';

const AMPLE_FILES = 4096;
const BUSY_SHARE = 0.5;

/** What is to be said of this machine's limits, good or bad. */
export function remarksOn(limits: MachineLimits): Remark[] {
  const { freeFiles, localPorts, loadAverage1m } = limits;
  const cores = usableCores(limits);
  const remarks: Remark[] = [remarkOnCores(limits)];
  if (freeFiles !== null) {
    remarks.push(
      freeFiles >= AMPLE_FILES
        ? { state: 'fine', about: 'open files', message: `${freeFiles} free` }
        : {
            state: 'warning',
            about: 'open files',
            message: `${freeFiles} free, so at most that many connections; raise \`ulimit -n\` for more`,
          },
    );
  }
  if (localPorts !== null) {
    const perSecond = Math.floor(localPorts / 60);
    remarks.push({
      state: 'fine',
      about: 'local ports',
      message: `${localPorts}: about ${perSecond} new connections a second to another machine, if each carries one request`,
    });
  }
  const isBusy = loadAverage1m > BUSY_SHARE * cores;
  remarks.push({
    state: isBusy ? 'warning' : 'fine',
    about: 'load average',
    message: `${loadAverage1m.toFixed(2)}${isBusy ? ': something else is at work here, so the figures below are pessimistic' : ''}`,
  });
  return remarks;
}

function remarkOnCores(limits: MachineLimits): Remark {
  const usable = usableCores(limits);
  const isLimited = usable < limits.cores;
  const known = isLimited
    ? `${limits.cores}, of which a CPU quota (cgroup) allows ${coresInWords(usable)}`
    : `${limits.cores}`;
  if (usable > 1) return { state: 'fine', about: 'cores', message: known };
  const remedy = isLimited
    ? 'bench is stopped whenever it is used up; raise it, or measure from outside of it'
    : 'generator and target take it from one another; measure on a machine with more';
  return { state: 'warning', about: 'cores', message: `${known}: ${remedy}` };
}

/** How a load is sent. */
export type Way = Pick<EngineFitness, 'threads' | 'pacing' | 'client'>;

/** What was found of a way; undefined when it was not tried. */
export function foundOf(engine: readonly EngineFitness[], way: Way): EngineFitness | undefined {
  return engine.find((found) => isSentAs(found, way) && found.threads === way.threads);
}

function isSentAs(found: EngineFitness, way: Way): boolean {
  return found.pacing === way.pacing && (found.client ?? 'wire') === (way.client ?? 'wire');
}

/** Below it a machine is of no use for measuring: its own lag would be half of a fast target's answer. */
const LEAST_RATE = 1000;

/**
 * What this machine is fit for as `bench run` would use it. `usualWay` tells how it sends a rate unless flags
 * say otherwise, to a target with one worker on this machine.
 */
export function judgeFitness(
  engine: readonly EngineFitness[],
  usualWay: (ratePerSecond: number) => Way,
): Fitness['verdict'] {
  const calm = foundOf(engine, usualWay(LEAST_RATE));
  if (!calm) return judgeTried(engine);
  const rate = highestUsual(engine, usualWay);
  const others = fasterThan(rate, engine);
  if (rate < LEAST_RATE) return unfit(rate, others);
  return {
    state: 'fit',
    highestRatePerSecond: rate,
    message:
      `By default bench run sends up to ${rate} requests/s in time from here (${wayWords(usualWay(rate))}) to a target with ` +
      `one worker on this machine; no answer can look faster than ${floorWords(calm)}.${others}`,
  };
}

/** Of what was chosen by hand only that can be judged. */
function judgeTried(engine: readonly EngineFitness[]): Fitness['verdict'] {
  const [best] = engine.toSorted((a, b) => b.highestRatePerSecond - a.highestRatePerSecond);
  if (!best || best.highestRatePerSecond < LEAST_RATE) return unfit(best?.highestRatePerSecond ?? 0, '');
  return {
    state: 'fit',
    highestRatePerSecond: best.highestRatePerSecond,
    message:
      `Up to ${best.highestRatePerSecond} requests/s can be sent in time from here with ${wayFlags(best)}; no answer can look ` +
      `faster than ${floorWords(best)}. How bench run would send by default was not tried.`,
  };
}

/** The highest rate up to which all are sent in time, each in the way that is usual for it. */
function highestUsual(engine: readonly EngineFitness[], usualWay: (ratePerSecond: number) => Way): number {
  let highest = 0;
  for (const rate of ratesToTry()) {
    const found = foundOf(engine, usualWay(rate)) ?? fewerThreads(engine, usualWay(rate));
    if (!found || found.highestRatePerSecond < rate) return highest;
    highest = rate;
  }
  return highest;
}

/** More threads can do what fewer could; not each number of them is tried on a large machine. */
function fewerThreads(engine: readonly EngineFitness[], way: Way): EngineFitness | undefined {
  return engine
    .filter((found) => isSentAs(found, way) && found.threads < way.threads)
    .toSorted((a, b) => b.threads - a.threads)[0];
}

/** All of two significant digits, as the rates that are found, from 100 to 990,000. */
function ratesToTry(): number[] {
  return [10, 100, 1000, 10_000].flatMap((unit) => Array.from({ length: 90 }, (_, at) => (at + 10) * unit));
}

function unfit(rate: number, others: string): Fitness['verdict'] {
  return {
    state: 'unfit',
    highestRatePerSecond: rate,
    message: `This machine cannot send ${LEAST_RATE} requests/s in time now: stop what else runs here, and ask again.${others}`,
  };
}

/** How to get more out of this machine; empty when there is nothing. */
function fasterThan(rate: number, engine: readonly EngineFitness[]): string {
  const [best] = engine.toSorted((a, b) => b.highestRatePerSecond - a.highestRatePerSecond);
  if (!best || best.highestRatePerSecond <= rate) return '';
  return ` Up to ${best.highestRatePerSecond}/s with ${wayFlags(best)}, if the target leaves ${best.threads === 1 ? 'it a core' : 'them the cores'}.`;
}

function wayWords({ threads, pacing, client = 'wire' }: Way): string {
  return `${threads === 1 ? '1 thread' : `${threads} threads`} with ${client}, ${pacing} pacing`;
}

function wayFlags({ threads, pacing, client = 'wire' }: Way): string {
  return `--threads ${threads} --client ${client} --pacing ${pacing}`;
}

function floorWords({ floor }: EngineFitness): string {
  return `${(floor.responseMs.p50 ?? 0).toFixed(2)} ms`;
}
