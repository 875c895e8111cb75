import type { Clock } from '../../kernel/clock.js';
import type { ListProcesses } from '../../model/results/gauges.js';
import { readPssBytes } from '../proportional-set-size.js';
import type { Look, OpenProbe, Outcome, Probe, Reading } from './probe.js';
import { Rest } from './rest.js';
import { unknownProcesses } from './unknown-processes.js';

const PSS = { id: 'target.memory.pss', title: 'Memory (PSS)', unit: 'bytes', isCharted: false };

/** The memory of the target's processes with shared pages counted once. */
export const proportionalMemoryProbe: Probe = {
  name: 'memory-pss',
  gauges: [PSS],
  open: ({ clock, target: { processes, unmeasured } }) =>
    processes === null ? unknownProcesses([PSS], unmeasured) : new ProportionalMemory(clock, processes),
};

/** A few looks: before the window, after it, and in it as often as their cost allows. */
export class ProportionalMemory implements OpenProbe {
  private readonly looksBytes: number[] = [];
  private isUnknown = false;
  private readonly rest: Rest;

  constructor(
    clock: Clock,
    private readonly list: ListProcesses,
    private readonly read: typeof readPssBytes = readPssBytes,
  ) {
    this.rest = new Rest(clock);
    this.lookNow();
  }

  /** Looks if the last look was long enough ago for what it cost; its looks are too few to be a course. */
  look({ isFirst, isLast, elapsedMs }: Look): Promise<Reading | undefined> {
    if (isFirst || isLast || this.isUnknown || !this.rest.isOver) return Promise.resolve(undefined);
    this.lookNow();
    return Promise.resolve({ elapsedMs: elapsedMs(), values: {} });
  }

  /** Looks whatever it costs. */
  close(): void {
    this.lookNow();
  }

  outcomes(): Record<string, Outcome> {
    const looks = this.looksBytes;
    if (this.isUnknown) return { [PSS.id]: { why: 'the system does not tell it of all its processes' } };
    if (looks.length === 0) return { [PSS.id]: { why: 'none of its processes was seen' } };
    const mean = looks.reduce((sum, bytes) => sum + bytes, 0) / looks.length;
    return { [PSS.id]: { mean, max: Math.max(...looks), growthPerMinute: null, samples: looks.length } };
  }

  private lookNow(): void {
    if (this.isUnknown) return;
    const bytes = this.rest.after(() =>
      this.list()
        .map((pid) => this.read(pid))
        .filter((one) => one !== undefined),
    );
    const known = bytes.filter((one) => one !== null);
    // A sum without one of them would be that of another target.
    this.isUnknown = known.length < bytes.length;
    if (known.length > 0) this.looksBytes.push(known.reduce((sum, one) => sum + one, 0));
  }
}
