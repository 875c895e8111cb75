import type { PartialTick, Tick } from '../model/generation/generator.js';
import { isAnswered, type Sample } from '../model/generation/sample.js';
import { addCounts, BUCKET_COUNT, bucketOf, quantileUs, sparseCounts } from './buckets.js';

/** What only the driver knows when a tick is made. */
type DriverState = Pick<Tick, 'phase' | 'second' | 'elapsedMs' | 'released' | 'inFlight'>;

/** What a second of the window's clock belongs to. */
export function phaseOf(second: number, windowMs: number): 'window' | 'drain' {
  // The second that ends with the window belongs to it.
  return second * 1000 < windowMs ? 'window' : 'drain';
}

/** What is known of a cell while it runs, for progress only. */
export class LiveView {
  private readonly counts = new Uint32Array(BUCKET_COUNT);
  private sentAndEnded = 0;
  private succeeded = 0;
  private failed = 0;
  private timedOut = 0;

  add(sample: Sample): void {
    if (sample.outcome === 'succeeded') this.succeeded += 1;
    else this.failed += 1;
    if (sample.outcome === 'timed-out') this.timedOut += 1;
    if (!Number.isNaN(sample.sentUs)) this.sentAndEnded += 1;
    if (!isAnswered(sample.outcome)) return;
    const bucket = bucketOf(sample.doneUs - sample.dueUs);
    this.counts[bucket] = (this.counts[bucket] as number) + 1;
  }

  /** The totals so far, and the answers since the tick before. */
  tick(state: DriverState): PartialTick {
    const answers = sparseCounts(this.counts);
    this.counts.fill(0);
    const { sentAndEnded, succeeded, failed, timedOut } = this;
    return { ...state, sent: sentAndEnded + state.inFlight, succeeded, failed, timedOut, answers };
  }
}

/** The ticks of several generators as one. */
export function mergeTicks(parts: readonly PartialTick[]): PartialTick {
  const sum = (value: (part: PartialTick) => number): number =>
    parts.reduce((total, part) => total + value(part), 0);
  const last = parts.reduce((a, b) => (b.elapsedMs > a.elapsedMs ? b : a));
  return {
    phase: last.phase,
    second: last.second,
    elapsedMs: last.elapsedMs,
    released: sum(({ released }) => released),
    sent: sum(({ sent }) => sent),
    succeeded: sum(({ succeeded }) => succeeded),
    failed: sum(({ failed }) => failed),
    timedOut: sum(({ timedOut }) => timedOut),
    inFlight: sum(({ inFlight }) => inFlight),
    answers: addCounts(parts.map(({ answers }) => answers)),
  };
}

/** A tick as people read it. */
export function readTick({ answers, ...state }: PartialTick): Tick {
  const milliseconds = (us: number | null): number | null => (us === null ? null : Math.round(us) / 1000);
  return {
    ...state,
    p50Ms: milliseconds(quantileUs(answers, 0.5)),
    p99Ms: milliseconds(quantileUs(answers, 0.99)),
  };
}
