import type { Clock } from '../kernel/clock.js';
import type { ListProcesses, ResourceSummary } from '../model/resources.js';
import { readPssBytes } from './probes/proportional-set-size.js';

/**
 * Reading a large process takes milliseconds of a core that the load may need: looks in a window take a 5000th of its
 * time at most, so that not even a p99.9 shows them.
 */
const REST_PER_COST = 5000;
const LEAST_REST_MS = 1000;

/** The memory of some processes with shared pages counted once: a few looks, fewer where they are expensive. */
export class ProportionalMemory {
  private readonly looksBytes: number[] = [];
  private isUnknown = false;
  private nextUs = 0;

  constructor(
    private readonly clock: Clock,
    private readonly list: ListProcesses | null,
    private readonly read: typeof readPssBytes = readPssBytes,
  ) {}

  /** Looks now, whatever it costs: outside the window. */
  look(): void {
    if (this.list === null || this.isUnknown) return;
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

  /** Looks if the last look was long enough ago for what it cost. */
  lookIfRested(): void {
    if (this.clock.nowUs() >= this.nextUs) this.look();
  }

  /** Null unless it is known of all processes. */
  get summary(): ResourceSummary['pssBytes'] {
    const looks = this.looksBytes;
    if (this.isUnknown || looks.length === 0) return null;
    const mean = looks.reduce((sum, bytes) => sum + bytes, 0) / looks.length;
    return { mean, max: Math.max(...looks), samples: looks.length };
  }
}
