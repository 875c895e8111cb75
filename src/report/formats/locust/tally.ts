import type { LatencyBuckets } from '../../../model/report/report.js';

/** What ended in one second of a cell. */
export interface EndedRequests {
  readonly succeeded: number;
  readonly failed: number;
  /** Of those that were answered; `undefined` when the distributions were not stored. */
  readonly buckets: LatencyBuckets | undefined;
}

/** Counts and a rough distribution of what ended in some seconds; values within 6 %. */
export class Tally {
  private readonly counts = new Map<number, number>();
  private answered = 0;
  private isDistributionKnown = true;
  ended = 0;
  failed = 0;

  static of(seconds: readonly EndedRequests[]): Tally {
    const tally = new Tally();
    for (const second of seconds) tally.add(second);
    return tally;
  }

  add({ succeeded, failed, buckets }: EndedRequests): void {
    this.ended += succeeded + failed;
    this.failed += failed;
    if (buckets === undefined) this.isDistributionKnown = false;
    for (const [lowerUs, count] of buckets ?? []) {
      this.counts.set(lowerUs, (this.counts.get(lowerUs) ?? 0) + count);
      this.answered += count;
    }
  }

  /** `null` where the request of this rank was never answered, so that its time is not known. */
  quantileMs(quantile: number): number | null {
    let rank = Math.max(1, Math.ceil(quantile * this.ended));
    for (const [lowerUs, count] of this.inOrder()) {
      rank -= count;
      if (rank <= 0) return middleMs(lowerUs);
    }
    return null;
  }

  /** `null` as soon as one request was never answered. */
  get meanMs(): number | null {
    if (!this.isComplete) return null;
    return this.inOrder().reduce((sum, [lowerUs, count]) => sum + count * middleMs(lowerUs), 0) / this.ended;
  }

  get minMs(): number | null {
    const [lowest] = this.inOrder();
    return lowest === undefined ? null : middleMs(lowest[0]);
  }

  get maxMs(): number | null {
    return this.quantileMs(1);
  }

  private get isComplete(): boolean {
    return this.isDistributionKnown && this.ended > 0 && this.answered === this.ended;
  }

  private inOrder(): [lowerUs: number, count: number][] {
    return this.isDistributionKnown ? [...this.counts].sort(([a], [b]) => a - b) : [];
  }
}

/** Stored buckets part each doubling into eight. */
const PER_DOUBLING = 8;

function middleMs(lowerUs: number): number {
  const widthUs = lowerUs < 1 ? 1 : 2 ** Math.floor(Math.log2(lowerUs)) / PER_DOUBLING;
  return Math.round(lowerUs + widthUs / 2) / 1000;
}
