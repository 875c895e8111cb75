import type { Clock } from '../../kernel/clock.js';
import type { HoldSockets, ListProcesses, ProbeFacts } from '../../model/results/gauges.js';
import { readProcessMark } from '../process-cpu.js';
import { ProcessShares } from '../process-shares.js';
import { shortProcessName } from '../short-process-name.js';
import type { Look, OpenProbe, Outcome, Probe, Reading } from './probe.js';
import { Rest } from './rest.js';
import { unknownProcesses } from './unknown-processes.js';

/** What each process of the target does: its CPU time, and how many connections it holds. */
export const workersProbe: Probe = {
  name: 'workers',
  gauges: [],
  open: ({ clock, target: { processes, unmeasured, sockets } }) =>
    processes === null ? unknownProcesses([], unmeasured) : new Workers(clock, processes, sockets),
};

/** All users may have come by then, and the target is at work. */
const FIRST_SOCKETS_MS = 1000;

interface ProcessSource {
  readonly mark: typeof readProcessMark;
  readonly name: typeof shortProcessName;
}

const HERE: ProcessSource = { mark: readProcessMark, name: shortProcessName };

/**
 * CPU time at every look. Connections cost the more the more there are: before the window, once in it, and then as often as
 * their cost allows; at its close only where it is too short for another look, since they may be closed already.
 */
class Workers implements OpenProbe {
  private readonly shares = new ProcessShares();
  private readonly atOpening: ReturnType<HoldSockets> | undefined;
  private hasLookedInWindow = false;
  private readonly rest: Rest;

  constructor(
    clock: Clock,
    private readonly list: ListProcesses,
    private readonly sockets: HoldSockets | undefined,
    private readonly source: ProcessSource = HERE,
  ) {
    this.rest = new Rest(clock);
    this.atOpening = this.rest.after(() => this.sockets?.(this.list()));
  }

  look({ isFirst, isLast, elapsedMs }: Look): Promise<Reading | undefined> {
    const pids = this.list();
    const marks = pids.map((pid) => this.source.mark(pid)).filter((one) => one !== undefined);
    if (marks.length === 0) return Promise.resolve(undefined);
    const nowMs = elapsedMs();
    this.shares.addCpu(marks, (pid) => this.source.name(pid));
    if (isFirst && this.atOpening !== undefined) this.shares.addSockets(this.atOpening);
    if (this.sockets !== undefined && this.isSocketsDue(nowMs, isLast)) {
      const { sockets } = this;
      this.shares.addSockets(this.rest.after(() => sockets(pids)));
      this.hasLookedInWindow = true;
    }
    return Promise.resolve({ elapsedMs: nowMs, values: {} });
  }

  outcomes(): Record<string, Outcome> {
    return {};
  }

  facts(): ProbeFacts {
    const { byProcess } = this.shares;
    return byProcess === undefined ? {} : { byProcess };
  }

  private isSocketsDue(nowMs: number, isLast: boolean): boolean {
    if (!this.hasLookedInWindow) return isLast || nowMs >= FIRST_SOCKETS_MS;
    return !isLast && this.rest.isOver;
  }
}
