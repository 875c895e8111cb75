import type { Clock } from '../../kernel/clock.js';
import type { ListProcesses } from '../../model/results/gauges.js';
import { readPssBytes } from '../proportional-set-size.js';
import type { Look, OpenProbe, Outcome, Probe } from './probe.js';
import { unknownProcesses } from './unknown-processes.js';

const PSS = { id: 'target.memory.pss', title: 'Memory (PSS)', unit: 'bytes', isCharted: false };

/** The memory of the target's processes with shared pages counted once. */
export const proportionalMemoryProbe: Probe = {
  name: 'proportional-memory',
  gauges: [PSS],
  open: ({ clock, target: { processes, unmeasured } }) =>
    processes === null ? unknownProcesses([PSS], unmeasured) : new ProportionalMemory(clock, processes),
};

/**
 * Reading a large process takes milliseconds of a core that the load may need: looks in a window take a 5000th of its
 * time at most, so that not even a p99.9 shows them.
 */
const REST_PER_COST = 5000;
const LEAST_REST_MS = 1000;

/** A few looks: before the window, after it, and in it as often as their cost allows. */
export class ProportionalMemory implements OpenProbe {
  private readonly looksBytes: number[] = [];
  private isUnknown = false;
  private nextUs = 0;

  constructor(
    private readonly clock: Clock,
    private readonly list: ListProcesses,
    private readonly read: typeof readPssBytes = readPssBytes,
  ) {
    this.lookNow();
  }

  /** Looks if the last look was long enough ago for what it cost; its looks are too few to be a course. */
  look({ isFirst, isLast }: Pick<Look, 'isFirst' | 'isLast'>): Promise<undefined> {
    if (!isFirst && !isLast && this.clock.nowUs() >= this.nextUs) this.lookNow();
    return Promise.resolve(undefined);
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
    const startUs = this.clock.nowUs();
    const bytes = this.list()
      .map((pid) => this.read(pid))
      .filter((one) => one !== undefined);
    const nowUs = this.clock.nowUs();
    this.nextUs = nowUs + Math.max(LEAST_REST_MS * 1000, REST_PER_COST * (nowUs - startUs));
    const known = bytes.filter((one) => one !== null);
    // A sum without one of them would be that of another target.
    this.isUnknown = known.length < bytes.length;
    if (known.length > 0) this.looksBytes.push(known.reduce((sum, one) => sum + one, 0));
  }
}
