import { readdirSync } from 'node:fs';
import type { Clock } from '../../kernel/clock.js';
import { readProc } from '../../kernel/proc-file.js';
import type { ListProcesses } from '../../model/results/gauges.js';
import type { Look, OpenProbe, Outcome, Probe, Reading } from './probe.js';
import { Rest } from './rest.js';
import { unknownProcesses } from './unknown-processes.js';

const ALL = { id: 'target.contextSwitches', title: 'Context switches', unit: '/s', isCharted: false };
const INVOLUNTARY = {
  id: 'target.contextSwitches.involuntary',
  title: 'Involuntary context switches',
  unit: '/s',
  isCharted: false,
};
const GAUGES = [ALL, INVOLUNTARY] as const;

/**
 * How often the threads of the target's processes gave up the CPU: of their own will, to wait, or because the system took
 * it from them for others. /proc/PID/status tells of the first thread alone, so each thread is read.
 */
export const contextSwitchesProbe: Probe = {
  name: 'context-switches',
  gauges: GAUGES,
  open: ({ clock, target: { processes, unmeasured } }) =>
    processes === null ? unknownProcesses(GAUGES, unmeasured) : new ContextSwitches(clock, processes),
};

/** Of one thread since its start. */
export interface Switches {
  readonly voluntary: number;
  readonly involuntary: number;
}

/** Before the window, at its close, and in it as often as the number of threads allows. */
export class ContextSwitches implements OpenProbe {
  private marks: ReadonlyMap<number, Switches>;
  private readonly rest: Rest;
  private all = 0;
  private involuntary = 0;
  private lastMs = 0;
  private readonly rates: { readonly all: number; readonly involuntary: number }[] = [];

  constructor(
    clock: Clock,
    private readonly list: ListProcesses,
    private readonly read: typeof switchesOf = switchesOf,
  ) {
    this.rest = new Rest(clock);
    this.marks = this.rest.after(() => this.readAll());
  }

  look({ isFirst, isLast, elapsedMs }: Look): Promise<Reading | undefined> {
    if (isFirst || (!isLast && !this.rest.isOver)) return Promise.resolve(undefined);
    const nowMs = elapsedMs();
    const now = this.rest.after(() => this.readAll());
    const seconds = (nowMs - this.lastMs) / 1000;
    if (now.size === 0 || seconds <= 0) return Promise.resolve(undefined);
    const grown = growth(this.marks, now);
    this.marks = now;
    this.lastMs = nowMs;
    this.all += grown.voluntary + grown.involuntary;
    this.involuntary += grown.involuntary;
    const rate = {
      all: (grown.voluntary + grown.involuntary) / seconds,
      involuntary: grown.involuntary / seconds,
    };
    this.rates.push(rate);
    const values = { [ALL.id]: rate.all, [INVOLUNTARY.id]: rate.involuntary };
    return Promise.resolve({ elapsedMs: nowMs, values });
  }

  outcomes(): Record<string, Outcome> {
    const { rates, lastMs } = this;
    if (rates.length === 0) {
      const why =
        process.platform === 'linux'
          ? 'no look has found it'
          : 'this system has no /proc that tells it of all threads';
      return { [ALL.id]: { why }, [INVOLUNTARY.id]: { why } };
    }
    const outcome = (total: number, max: number): Outcome => ({
      ...{ mean: (1000 * total) / lastMs, max, growthPerMinute: null, samples: rates.length, total },
    });
    return {
      [ALL.id]: outcome(this.all, Math.max(...rates.map(({ all }) => all))),
      [INVOLUNTARY.id]: outcome(this.involuntary, Math.max(...rates.map(({ involuntary }) => involuntary))),
    };
  }

  private readAll(): ReadonlyMap<number, Switches> {
    return new Map(this.list().flatMap((pid) => [...this.read(pid)]));
  }
}

/** A thread that is new counts from its start; of one that has ended, what came after the last look is lost. */
function growth(before: ReadonlyMap<number, Switches>, now: ReadonlyMap<number, Switches>): Switches {
  let voluntary = 0;
  let involuntary = 0;
  for (const [thread, switches] of now) {
    const mark = before.get(thread);
    // A smaller figure is another thread under a reused id.
    const isSame =
      mark !== undefined && mark.voluntary <= switches.voluntary && mark.involuntary <= switches.involuntary;
    voluntary += switches.voluntary - (isSame ? mark.voluntary : 0);
    involuntary += switches.involuntary - (isSame ? mark.involuntary : 0);
  }
  return { voluntary, involuntary };
}

/** Of the threads of a process, by their ids; none when it has ended. Source: proc_pid_status(5). */
export function switchesOf(pid: number): ReadonlyMap<number, Switches> {
  return new Map(
    threadsOf(pid).flatMap((thread) => {
      const status = readProc(`/proc/${pid}/task/${thread}/status`) ?? '';
      const [, voluntary] = /^voluntary_ctxt_switches:\s+(\d+)$/m.exec(status) ?? [];
      const [, involuntary] = /^nonvoluntary_ctxt_switches:\s+(\d+)$/m.exec(status) ?? [];
      if (voluntary === undefined || involuntary === undefined) return [];
      return [[Number(thread), { voluntary: Number(voluntary), involuntary: Number(involuntary) }]];
    }),
  );
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return []; // it has ended, or there is no /proc
  }
}
