import type { PartialTick, Tick } from '../model/generator.js';
import { isAnswered, type Sample } from '../model/sample.js';
import { addCounts, BUCKET_COUNT, bucketOf, quantileUs, sparseCounts } from './buckets.js';

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
  tick(state: Pick<Tick, 'phase' | 'elapsedMs' | 'released' | 'inFlight'>, periodMs: number): PartialTick {
    const answers = sparseCounts(this.counts);
    const ratePerSecond = ((this.completed - this.completedBefore) * 1000) / periodMs;
    this.completedBefore = this.completed;
    this.counts.fill(0);
    return { ...state, completed: this.completed, failed: this.failed, ratePerSecond, answers };
  }
}

/** The ticks of several generators as one. */
export function mergeTicks(parts: readonly PartialTick[]): PartialTick {
  const sum = (value: (part: PartialTick) => number): number =>
    parts.reduce((total, part) => total + value(part), 0);
  return {
    phase: parts[0]?.phase ?? 'window',
    elapsedMs: Math.max(...parts.map(({ elapsedMs }) => elapsedMs)),
    released: sum(({ released }) => released),
    inFlight: sum(({ inFlight }) => inFlight),
    completed: sum(({ completed }) => completed),
    failed: sum(({ failed }) => failed),
    ratePerSecond: sum(({ ratePerSecond }) => ratePerSecond),
    answers: addCounts(parts.map(({ answers }) => answers)),
  };
}

/** A tick as people read it. */
export function readTick({ answers, ...state }: PartialTick): Tick {
  const milliseconds = (us: number | null): number | null => (us === null ? null : us / 1000);
  return {
    ...state,
    p50Ms: milliseconds(quantileUs(answers, 0.5)),
    p99Ms: milliseconds(quantileUs(answers, 0.99)),
  };
}
