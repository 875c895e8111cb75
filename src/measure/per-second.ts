import type { CollectorKind } from '../model/generation/collector.js';
import type { Second } from '../model/generation/measurements.js';
import { isAnswered } from '../model/generation/sample.js';
import { addCounts, BUCKET_COUNT, bucketOf, sparseCounts, type SparseCounts } from './buckets.js';

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
    // The closed ones are kept packed: pairs take ten times as much, and a run may last for hours.
    const packed = new Map<Second, Uint32Array>();
    const close = (): void => {
      if (open) packed.set(open, pack(addCounts([unpack(packed.get(open)), sparseCounts(counts)])));
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
        return seconds.map((second) => ({ ...second, buckets: unpack(packed.get(second)) }));
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

/** Of each second: requests that were sent and had not ended at its end. */
export function inFlightOf(seconds: readonly Second[]): number[] {
  let inFlight = 0;
  return seconds.map(({ sent, sentAndEnded }) => (inFlight += sent - sentAndEnded));
}

function pack(pairs: SparseCounts): Uint32Array {
  return Uint32Array.from(pairs.flat());
}

function unpack(packed: Uint32Array | undefined): SparseCounts {
  const pairs: SparseCounts = [];
  for (let at = 0; packed && at < packed.length; at += 2) {
    pairs.push([packed[at] as number, packed[at + 1] as number]);
  }
  return pairs;
}

function addSeconds(a: Second, b: Second): Second {
  return {
    sent: a.sent + b.sent,
    succeeded: a.succeeded + b.succeeded,
    failed: a.failed + b.failed,
    sentAndEnded: a.sentAndEnded + b.sentAndEnded,
    buckets: addCounts([a.buckets, b.buckets]),
  };
}
