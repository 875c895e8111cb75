import { coresInWords } from '../kernel/format.js';
import {
  usableCores,
  type EngineFitness,
  type Fitness,
  type MachineLimits,
  type Remark,
} from '../model/fitness.js';

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

/** Below it a machine is of no use for measuring: its own lag would be half of a fast target's answer. */
const LEAST_RATE = 1000;

export function judgeFitness(engine: readonly EngineFitness[]): Fitness['verdict'] {
  const [best] = engine.toSorted((a, b) => b.highestRatePerSecond - a.highestRatePerSecond);
  const [calmest] = engine
    .filter(({ highestRatePerSecond }) => highestRatePerSecond >= LEAST_RATE)
    .toSorted((a, b) => (a.floor.responseMs.p50 ?? Infinity) - (b.floor.responseMs.p50 ?? Infinity));
  if (!best || !calmest) {
    return {
      state: 'unfit',
      highestRatePerSecond: best?.highestRatePerSecond ?? 0,
      message: `This machine cannot send ${LEAST_RATE} requests/s in time now: stop what else runs here, and ask again.`,
    };
  }
  const rate = best.highestRatePerSecond;
  const threads = best.threads === 1 ? '1 thread' : `${best.threads} threads`;
  const floorMs = calmest.floor.responseMs.p50 ?? 0;
  return {
    state: 'fit',
    highestRatePerSecond: rate,
    message:
      `Up to ${rate} requests/s can be sent in time from here (${threads}, ${best.pacing} pacing), ` +
      `to a target that leaves the generator its core; no answer can look faster than ${floorMs.toFixed(2)} ms.`,
  };
}
