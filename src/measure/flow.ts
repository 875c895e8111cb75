import type { CollectorKind } from '../model/generation/collector.js';
import type { Flow } from '../model/generation/measurements.js';
import { isAnswered } from '../model/generation/sample.js';
import { addCounts, BUCKET_COUNT, bucketOf, sparseCounts } from './buckets.js';

/** Parts of the window, so that memory does not grow with its length. */
export const WINDOW_BINS = 1000;
/** How long after the window's end successes are still counted. */
export const AFTER_BINS = WINDOW_BINS / 10;
/** Requests that are due before this bin meet a target that has no backlog yet. */
const FIRST_BINS = WINDOW_BINS / 5;

/** Successes by when they were answered: in each thousandth of a window of `windowMs` milliseconds, and for a tenth after it. */
export function successes(windowMs: number): CollectorKind<number[]> {
  const binUs = (windowMs * 1000) / WINDOW_BINS;
  return {
    name: 'successes',
    create() {
      const counts = new Uint32Array(WINDOW_BINS + AFTER_BINS);
      return {
        add({ doneUs, outcome }) {
          const bin = Math.floor(doneUs / binUs);
          if (outcome === 'succeeded' && bin < counts.length) increment(counts, bin);
        },
        snapshot: () => Array.from(counts),
      };
    },
    merge: (parts) => addByBin(parts, WINDOW_BINS + AFTER_BINS),
  };
}

/**
 * What fell due, what ended and what succeeded by any moment of a window of `windowMs` milliseconds: exact at
 * each thousandth of it. Merges by adding up.
 */
export function flow(windowMs: number): CollectorKind<Flow> {
  const binUs = (windowMs * 1000) / WINDOW_BINS;
  const ofSuccesses = successes(windowMs);
  return {
    name: 'flow',
    create() {
      const due = new Uint32Array(WINDOW_BINS);
      const ended = new Uint32Array(WINDOW_BINS);
      const succeeded = ofSuccesses.create();
      const firstResponses = new Uint32Array(BUCKET_COUNT);
      return {
        add(sample) {
          const { dueUs, doneUs, outcome } = sample;
          const dueBin = Math.min(WINDOW_BINS - 1, Math.floor(dueUs / binUs));
          const doneBin = Math.floor(doneUs / binUs);
          increment(due, dueBin);
          if (doneBin < ended.length) increment(ended, doneBin);
          succeeded.add(sample);
          if (dueBin < FIRST_BINS && isAnswered(outcome)) increment(firstResponses, bucketOf(doneUs - dueUs));
        },
        snapshot: () => ({
          due: Array.from(due),
          ended: Array.from(ended),
          succeeded: succeeded.snapshot(),
          firstResponses: sparseCounts(firstResponses),
        }),
      };
    },
    merge: (parts) => ({
      due: addByBin(
        parts.map((part) => part.due),
        WINDOW_BINS,
      ),
      ended: addByBin(
        parts.map((part) => part.ended),
        WINDOW_BINS,
      ),
      succeeded: ofSuccesses.merge(parts.map((part) => part.succeeded)),
      firstResponses: addCounts(parts.map((part) => part.firstResponses)),
    }),
  };
}

function increment(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] as number) + 1;
}

function addByBin(parts: readonly (readonly number[])[], bins: number): number[] {
  return Array.from({ length: bins }, (_, bin) => parts.reduce((sum, part) => sum + (part[bin] ?? 0), 0));
}

/** How many there had been by a time, in bins from the window's start; even within a bin. */
export class RunningTotal {
  private readonly totals: Float64Array;
  /** ∫ of the total from 0 to the start of each bin. */
  private readonly areas: Float64Array;

  constructor(private readonly counts: readonly number[]) {
    this.totals = new Float64Array(counts.length + 1);
    this.areas = new Float64Array(counts.length + 1);
    for (const [bin, count] of counts.entries()) {
      const before = this.totals[bin] as number;
      this.totals[bin + 1] = before + count;
      this.areas[bin + 1] = (this.areas[bin] as number) + before + count / 2;
    }
  }

  by(time: number): number {
    const { bin, share, count } = this.placeOf(time);
    return (this.totals[bin] as number) + share * count;
  }

  /** The mean of the total between two times. */
  mean(from: number, to: number): number {
    return (this.areaBy(to) - this.areaBy(from)) / (to - from);
  }

  private areaBy(time: number): number {
    const { bin, share, count } = this.placeOf(time);
    return (this.areas[bin] as number) + share * (this.totals[bin] as number) + (share * share * count) / 2;
  }

  private placeOf(time: number): { bin: number; share: number; count: number } {
    const bin = Math.min(this.counts.length, Math.max(0, Math.floor(time)));
    const count = this.counts[bin];
    // At the end of the last bin there is none to be a part of.
    return count === undefined ? { bin, share: 0, count: 0 } : { bin, share: Math.max(0, time - bin), count };
  }
}

/** Counts by bins of a window as counts by as many bins of its first part: evenly divided where a bin is cut. */
export function stretched(counts: readonly number[], share: number): number[] {
  const total = new RunningTotal(counts);
  return counts.map((_, bin) => total.by((bin + 1) * share) - total.by(bin * share));
}
