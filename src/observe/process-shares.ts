import type { ByProcess, ProcessRecord } from '../model/results/by-process.js';
import type { HeldSockets } from '../model/results/gauges.js';
import type { ProcessMark } from './process-cpu.js';

/** What was seen of one process in a window. */
interface Seen {
  readonly name: string;
  readonly parent: number;
  readonly pid: number;
  readonly firstCpuMs: number;
  cpuMs: number;
  /** Whether it lived at the first and at the last look. */
  readonly isFromStart: boolean;
  isAlive: boolean;
  isListening: boolean;
  connections: number;
  mostConnections: number;
}

/** Less CPU than this is no worker's, where no connection was seen, or of a parent, which may hold some to hand them out. */
const LEAST_WORKER_SHARE = 0.05;
/** Of less, the ticks of 10 ms in which CPU time is counted say too little. */
const LEAST_MEAN_MS = 100;
const MOST_PROCESSES = 64;

/** Adds up what each process of a target did, whenever it came and went. */
export class ProcessShares {
  private readonly seen = new Map<string, Seen>();
  private looks = 0;
  private connectionLooks = 0;
  private isConnectionsKnown = false;

  /** `nameOf` is asked once for each process. The first look sets the marks; a process that comes later counts from its start. */
  addCpu(marks: readonly ProcessMark[], nameOf: (pid: number) => string): void {
    for (const process of this.seen.values()) process.isAlive = false;
    for (const { pid, parent, cpuMs, startedAt } of marks) {
      const key = `${pid} ${startedAt}`;
      const isFirst = this.looks === 0;
      const known = this.seen.get(key) ?? {
        ...{ name: nameOf(pid), pid, parent, firstCpuMs: isFirst ? cpuMs : 0, isFromStart: isFirst },
        ...{ isListening: false, connections: 0, mostConnections: 0 },
        ...{ cpuMs, isAlive: true },
      };
      this.seen.set(key, Object.assign(known, { cpuMs, isAlive: true }));
    }
    this.looks += 1;
  }

  /** Of the processes as they are now. Looks that see no connection at all tell nothing: none was open yet, or no more. */
  addSockets(held: readonly HeldSockets[]): void {
    this.isConnectionsKnown = true;
    const byPid = new Map(held.map((one) => [one.pid, one]));
    if (held.some(({ established }) => established > 0)) this.connectionLooks += 1;
    for (const process of this.seen.values()) {
      const sockets = process.isAlive ? byPid.get(process.pid) : undefined;
      if (sockets === undefined) continue;
      process.isListening ||= sockets.isListening;
      process.connections += sockets.established;
      process.mostConnections = Math.max(process.mostConnections, sockets.established);
    }
  }

  /** Undefined where no process was seen. */
  get byProcess(): ByProcess | undefined {
    const all = [...this.seen.values()];
    if (all.length === 0) return undefined;
    const workers = new Set(this.workers(all));
    const totalMs = all.reduce((sum, one) => sum + spentMs(one), 0);
    const records = all
      .sort((a, b) => Number(workers.has(b)) - Number(workers.has(a)) || spentMs(b) - spentMs(a))
      .map((one) => this.recordOf(one, workers.has(one), totalMs));
    return {
      processes: records.slice(0, MOST_PROCESSES),
      leftOut: Math.max(0, records.length - MOST_PROCESSES),
      workers: workers.size,
      connectionLooks: this.connectionLooks,
      imbalance: this.imbalanceOf([...workers]),
    };
  }

  private workers(all: readonly Seen[]): Seen[] {
    const parents = new Set(all.map(({ parent }) => parent));
    const totalMs = all.reduce((sum, one) => sum + spentMs(one), 0);
    const busy = all.filter((one) => spentMs(one) >= LEAST_WORKER_SHARE * totalMs && spentMs(one) > 0);
    if (this.connectionLooks > 0) {
      return all.filter((one) => {
        if (parents.has(one.pid)) return one.mostConnections > 0 && busy.includes(one);
        return one.mostConnections > 0 || one.isListening;
      });
    }
    const parentsOfBusy = new Set(busy.map(({ parent }) => parent));
    return busy.filter(({ pid }) => !parentsOfBusy.has(pid));
  }

  private recordOf(one: Seen, isWorker: boolean, totalMs: number): ProcessRecord {
    const { name, mostConnections } = one;
    const connections = { mean: this.meanConnections(one), max: mostConnections };
    return {
      name,
      isWorker,
      cpuMs: spentMs(one),
      cpuShare: totalMs === 0 ? null : spentMs(one) / totalMs,
      connections: this.isConnectionsKnown ? connections : null,
    };
  }

  private meanConnections({ connections }: Seen): number {
    return this.connectionLooks === 0 ? 0 : connections / this.connectionLooks;
  }

  /** Of workers that came or went in the window, less is less time, not less of the load. */
  private imbalanceOf(workers: readonly Seen[]): ByProcess['imbalance'] {
    const isWhole = workers.every(({ isFromStart, isAlive }) => isFromStart && isAlive);
    if (workers.length < 2 || !isWhole) return { cpu: null, connections: null };
    return {
      cpu: peakToMean(workers.map(spentMs), LEAST_MEAN_MS),
      connections: peakToMean(workers.map((one) => this.meanConnections(one))),
    };
  }
}

function spentMs({ cpuMs, firstCpuMs }: Seen): number {
  return cpuMs - firstCpuMs;
}

/** Null where the mean is 0, or too little to tell. */
function peakToMean(values: readonly number[], leastMean = 0): number | null {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return mean === 0 || mean < leastMean ? null : Math.max(...values) / mean;
}
