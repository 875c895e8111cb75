import { readStatFields } from '../../kernel/proc-file.js';
import type { GaugeSample, ListProcesses } from '../../model/results/gauges.js';
import { levelOutcome, pointsOf } from './level.js';
import type { Look, OpenProbe, Outcome, Probe, Reading } from './probe.js';
import { unknownProcesses } from './unknown-processes.js';

const THREADS = { id: 'target.threads', title: 'Threads', unit: '', isCharted: false };

/** Threads of the target's processes, as the system counts them. */
export const threadsProbe: Probe = {
  name: 'threads',
  gauges: [THREADS],
  open: ({ target: { processes, unmeasured } }) =>
    processes === null ? unknownProcesses([THREADS], unmeasured) : new Threads(processes),
};

export class Threads implements OpenProbe {
  constructor(
    private readonly list: ListProcesses,
    private readonly read: typeof threadsOf = threadsOf,
  ) {}

  look({ elapsedMs }: Look): Promise<Reading | undefined> {
    const sum = this.list().reduce((total, pid) => total + this.read(pid), 0);
    if (sum === 0) return Promise.resolve(undefined);
    return Promise.resolve({ elapsedMs: elapsedMs(), values: { [THREADS.id]: sum } });
  }

  outcomes(samples: readonly GaugeSample[]): Record<string, Outcome> {
    const points = pointsOf(samples, THREADS.id);
    if (points.length === 0 && process.platform !== 'linux')
      return { [THREADS.id]: { why: 'this system has no /proc that tells it' } };
    return { [THREADS.id]: levelOutcome(points) };
  }
}

/** 0 for a process that has ended. Source: proc_pid_stat(5), num_threads. */
function threadsOf(pid: number): number {
  return Number(readStatFields(pid)[17] ?? 0);
}
