import { totalmem } from 'node:os';
import { reasonOf } from '../../kernel/errors.js';
import type { GaugeSample, ListProcesses } from '../../model/results/gauges.js';
import { memoryLimitOf } from '../cgroups/group-limits.js';
import { CpuAccount } from '../cpu-account.js';
import { CpuRate } from '../cpu-rate.js';
import { lookAt, type ProcessUsage } from '../process-usage.js';
import { levelOutcome, pointsOf } from './level.js';
import type { Look, OpenProbe, Outcome, Probe, Reading } from './probe.js';
import { unknownProcesses } from './unknown-processes.js';

const CPU = { id: 'target.cpu', title: 'CPU', unit: '%', isCharted: true };
const MEMORY = { id: 'target.memory', title: 'Memory', unit: 'bytes', isCharted: true };
const SHARE = { id: 'target.memory.share', title: 'Memory of its limit', unit: '%', isCharted: false };
const PROCESSES = { id: 'target.processes', title: 'Processes', unit: '', isCharted: false };
const GAUGES = [CPU, MEMORY, SHARE, PROCESSES] as const;

/** Of less, the ticks of 10 ms in which CPU time is counted leave nothing to be said. */
const LEAST_SPAN_MS = 50;

/** CPU, memory and number of the target's processes: one look tells all of it. */
export const processesProbe: Probe = {
  name: 'processes',
  gauges: GAUGES,
  open: ({ target: { processes, unmeasured } }) =>
    processes === null ? unknownProcesses(GAUGES, unmeasured) : new OpenProcesses(processes),
};

class OpenProcesses implements OpenProbe {
  private readonly account = new CpuAccount();
  private readonly rate = new CpuRate();
  private cpuMs = 0;
  private limitBytes: number | undefined;

  constructor(private readonly list: ListProcesses) {}

  async look(look: Look): Promise<Reading | undefined> {
    const beforeMs = look.elapsedMs();
    const processes = await this.usages().catch(unreadable);
    if (processes.length === 0) return undefined;
    // The files were read somewhere in between.
    const elapsedMs = (beforeMs + look.elapsedMs()) / 2;
    this.cpuMs += this.account.advance(processes);
    const memoryBytes = processes.reduce((sum, process) => sum + process.memoryBytes, 0);
    this.limitBytes ??= limitOf(processes);
    return {
      elapsedMs,
      values: {
        [CPU.id]: this.rate.add(elapsedMs, this.cpuMs),
        [MEMORY.id]: memoryBytes,
        [SHARE.id]: (100 * memoryBytes) / this.limitBytes,
        [PROCESSES.id]: processes.length,
      },
    };
  }

  private async usages(): Promise<ProcessUsage[]> {
    return await lookAt(this.list());
  }

  outcomes(samples: readonly GaugeSample[]): Record<string, Outcome> {
    const rates = pointsOf(samples, CPU.id);
    const spanMs = (rates.at(-1)?.elapsedMs ?? 0) - (rates[0]?.elapsedMs ?? 0);
    if (spanMs < LEAST_SPAN_MS) {
      const why = `its processes were seen for less than ${LEAST_SPAN_MS} ms`;
      return Object.fromEntries(GAUGES.map(({ id }) => [id, { why }]));
    }
    return {
      [CPU.id]: {
        mean: (100 * this.cpuMs) / spanMs,
        // The first look knows no rate.
        max: Math.max(...rates.slice(1).map(({ value }) => value)),
        growthPerMinute: null,
        samples: rates.length,
        total: this.cpuMs,
      },
      [MEMORY.id]: levelOutcome(pointsOf(samples, MEMORY.id)),
      [SHARE.id]: levelOutcome(pointsOf(samples, SHARE.id)),
      [PROCESSES.id]: levelOutcome(pointsOf(samples, PROCESSES.id)),
    };
  }
}

/** What the first of them may use, as all do that have the same control group; without a limit, what the machine has. */
function limitOf([first]: readonly ProcessUsage[]): number {
  const machineBytes = totalmem();
  return (first && memoryLimitOf(first.pid, machineBytes)) ?? machineBytes;
}

function unreadable(error: unknown): never {
  throw new Error(`its processes could not be read: ${reasonOf(error)}`);
}
