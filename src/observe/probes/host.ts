import type { GaugeSample } from '../../model/results/gauges.js';
import { hostLoadBetween, readHostCounters, type HostCounters } from '../host-cpu.js';
import { readDisks, type DiskCounters } from '../host-disks.js';
import { hostMemoryPercent } from '../host-memory.js';
import { levelOutcome, pointsOf, type Point } from './level.js';
import type { Look, OpenProbe, Outcome, Probe, Reading } from './probe.js';

const CPU = { id: 'host.cpu', title: 'CPU of the host', unit: '%', isCharted: true };
const STEAL = { id: 'host.steal', title: 'CPU stolen by other guests', unit: '%', isCharted: false };
const MEMORY = { id: 'host.memory', title: 'Memory in use', unit: '%', isCharted: false };
const DISK = { id: 'host.disk', title: 'Busiest disk', unit: '%', isCharted: true };
const WRITTEN = {
  id: 'host.disk.written',
  title: 'Written to disks',
  unit: 'bytes/s',
  isCharted: false,
};
const GAUGES = [CPU, STEAL, MEMORY, DISK, WRITTEN] as const;

/** How busy the whole machine is, with all that runs on it: in per cent of all cores, of its memory, of the time. */
export const hostProbe: Probe = {
  name: 'host',
  gauges: GAUGES,
  open: () => new OpenHost(),
};

interface HostReading {
  readonly elapsedMs: number;
  readonly cpu: HostCounters;
  readonly disks: ReadonlyMap<string, DiskCounters>;
}

interface HostSource {
  readonly cpu: () => HostCounters;
  readonly memoryPercent: () => number | undefined;
  readonly disks: () => ReadonlyMap<string, DiskCounters>;
}

const HERE: HostSource = {
  cpu: readHostCounters,
  memoryPercent: () => hostMemoryPercent(),
  disks: () => readDisks(),
};

export class OpenHost implements OpenProbe {
  private first: HostReading | undefined;
  private last: HostReading | undefined;

  constructor(private readonly source: HostSource = HERE) {}

  look({ elapsedMs }: Look): Promise<Reading | undefined> {
    const reading = { elapsedMs: elapsedMs(), cpu: this.source.cpu(), disks: this.source.disks() };
    const before = this.last ?? reading;
    this.first ??= reading;
    this.last = reading;
    const memory = this.source.memoryPercent();
    const values = {
      ...ratesBetween(before, reading),
      ...(memory === undefined ? {} : { [MEMORY.id]: memory }),
    };
    return Promise.resolve({ elapsedMs: reading.elapsedMs, values });
  }

  outcomes(samples: readonly GaugeSample[]): Record<string, Outcome> {
    const { first, last } = this;
    const means = first && last ? ratesBetween(first, last) : {};
    const rate = (id: string): Outcome => rateOutcome(means[id], pointsOf(samples, id), MISSING[id] ?? '');
    const memory = pointsOf(samples, MEMORY.id);
    return {
      [CPU.id]: rate(CPU.id),
      [STEAL.id]: rate(STEAL.id),
      [MEMORY.id]: memory.length === 0 ? { why: NO_MEMINFO } : levelOutcome(memory),
      [DISK.id]: rate(DISK.id),
      [WRITTEN.id]: rate(WRITTEN.id),
    };
  }
}

const NO_MEMINFO = 'this system has no /proc/meminfo';
const MISSING: Readonly<Record<string, string>> = {
  [CPU.id]: 'the window is too short for the ticks in which the system counts it',
  [STEAL.id]: 'this system does not count it, or the window is too short',
  [DISK.id]: 'this system tells of no disk, or the window is too short',
  [WRITTEN.id]: 'this system tells of no disk, or the window is too short',
};

/** Of those that are known; none between a reading and itself. */
function ratesBetween(before: HostReading, after: HostReading): Readonly<Record<string, number>> {
  const spanMs = after.elapsedMs - before.elapsedMs;
  const { cpuPercent, stealPercent } = hostLoadBetween(before.cpu, after.cpu);
  const disks =
    spanMs <= 0 ? [] : [...after.disks].flatMap(([name, now]) => workOf(before.disks.get(name), now));
  const busiestMs = Math.max(...disks.map(({ busyMs }) => busyMs));
  const writtenBytes = disks.reduce((sum, disk) => sum + disk.writtenBytes, 0);
  return {
    ...(cpuPercent === null ? {} : { [CPU.id]: cpuPercent }),
    ...(stealPercent === null ? {} : { [STEAL.id]: stealPercent }),
    ...(disks.length === 0
      ? {}
      : {
          [DISK.id]: Math.min(100, (100 * busiestMs) / spanMs),
          [WRITTEN.id]: (1000 * writtenBytes) / spanMs,
        }),
  };
}

/** Nothing for a disk that was not there before. */
function workOf(before: DiskCounters | undefined, now: DiskCounters): DiskCounters[] {
  if (before === undefined) return [];
  return [
    {
      busyMs: Math.max(0, now.busyMs - before.busyMs),
      writtenBytes: Math.max(0, now.writtenBytes - before.writtenBytes),
    },
  ];
}

function rateOutcome(mean: number | undefined, points: readonly Point[], why: string): Outcome {
  if (mean === undefined || points.length === 0) return { why };
  const max = Math.max(...points.map(({ value }) => value));
  return { mean, max, growthPerMinute: null, samples: points.length };
}
