import type { Tick } from '../model/generator.js';
import { isAnswered, type Sample } from '../model/sample.js';
import { BUCKET_COUNT, bucketOf, quantileUs, sparseCounts } from '../measure/buckets.js';

/** What has happened since the last tick, for the progress line only. */
export class LiveView {
  private readonly counts = new Uint32Array(BUCKET_COUNT);
  private completed = 0;
  private failed = 0;
  private completedBefore = 0;

  add(sample: Sample): void {
    if (sample.outcome === 'succeeded') this.completed += 1;
    else this.failed += 1;
    if (!isAnswered(sample.outcome)) return;
    const bucket = bucketOf(sample.doneUs - sample.dueUs);
    this.counts[bucket] = (this.counts[bucket] as number) + 1;
  }

  /** The tick of a period of `periodMs` milliseconds; the next one starts from here. */
  tick(state: Pick<Tick, 'phase' | 'elapsedMs' | 'released' | 'inFlight'>, periodMs: number): Tick {
    const pairs = sparseCounts(this.counts);
    const milliseconds = (us: number | null): number | null => (us === null ? null : us / 1000);
    const ratePerSecond = ((this.completed - this.completedBefore) * 1000) / periodMs;
    this.completedBefore = this.completed;
    this.counts.fill(0);
    return {
      ...state,
      completed: this.completed,
      failed: this.failed,
      p50Ms: milliseconds(quantileUs(pairs, 0.5)),
      p99Ms: milliseconds(quantileUs(pairs, 0.99)),
      ratePerSecond,
    };
  }
}
