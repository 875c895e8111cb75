import type { CollectorKind } from '../model/collector.js';
import type { Second } from '../model/measurements.js';
import { isAnswered } from '../model/sample.js';
import { addCounts, BUCKET_COUNT, bucketOf, sparseCounts } from './buckets.js';

function emptySecond(): Second {
  return { sent: 0, succeeded: 0, failed: 0, sentAndEnded: 0, buckets: [] };
}

/** What happened in each second of the cell, the drain included: grows with its seconds only. */
export const perSecond: CollectorKind<Second[]> = {
  name: 'per-second',
  create() {
    const seconds: Second[] = [];
    const at = (us: number): Second => {
      const second = Math.max(0, Math.floor(us / 1e6));
      while (seconds.length <= second) seconds.push(emptySecond());
      return seconds[second] as Second;
    };
    // Samples come in the order of their ends, so only one second at a time needs its full array.
    const counts = new Uint32Array(BUCKET_COUNT);
    let open: Second | undefined;
    const close = (): void => {
      if (open) open.buckets = addCounts([open.buckets, sparseCounts(counts)]);
      counts.fill(0);
    };
    return {
      add(sample) {
        const ended = at(sample.doneUs);
        if (sample.outcome === 'succeeded') ended.succeeded += 1;
        else ended.failed += 1;
        if (!Number.isNaN(sample.sentUs)) {
          at(sample.sentUs).sent += 1;
          ended.sentAndEnded += 1;
        }
        if (!isAnswered(sample.outcome)) return;
        if (ended !== open) {
          close();
          open = ended;
        }
        const bucket = bucketOf(sample.doneUs - sample.dueUs);
        counts[bucket] = (counts[bucket] as number) + 1;
      },
      snapshot() {
        close();
        return structuredClone(seconds);
      },
    };
  },
  merge(parts) {
    const length = Math.max(0, ...parts.map((part) => part.length));
    return Array.from({ length }, (_, second) =>
      parts.map((part) => part[second] ?? emptySecond()).reduce(addSeconds, emptySecond()),
    );
  },
};

function addSeconds(a: Second, b: Second): Second {
  return {
    sent: a.sent + b.sent,
    succeeded: a.succeeded + b.succeeded,
    failed: a.failed + b.failed,
    sentAndEnded: a.sentAndEnded + b.sentAndEnded,
    buckets: addCounts([a.buckets, b.buckets]),
  };
}
