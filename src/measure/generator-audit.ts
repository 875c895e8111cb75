import type { CollectorKind } from '../model/generation/collector.js';
import type { Audit } from '../model/generation/measurements.js';
import { isAnswered } from '../model/generation/sample.js';
import { BUCKET_COUNT, bucketOf } from './buckets.js';

/** A lag above this share of the response time, and above a millisecond, is the generator's mark on it. */
const HEAVY_SHARE = 0.1;
const HEAVY_LEAST_US = 1000;
const TAIL_SHARE = 0.01;

/** Whether the generator itself made answers look slow. */
export const generatorAudit: CollectorKind<Audit> = {
  name: 'generator-audit',
  create() {
    let released = 0;
    const answers = new Uint32Array(BUCKET_COUNT);
    const heavy = new Uint32Array(BUCKET_COUNT);
    return {
      add({ outcome, dueUs, releasedUs, doneUs }) {
        if (Number.isNaN(releasedUs)) return;
        released += 1;
        if (!isAnswered(outcome)) return;
        const bucket = bucketOf(doneUs - dueUs);
        answers[bucket] = (answers[bucket] as number) + 1;
        const lagUs = releasedUs - dueUs;
        const isHeavy = lagUs > Math.max(HEAVY_LEAST_US, HEAVY_SHARE * (doneUs - dueUs));
        if (isHeavy) heavy[bucket] = (heavy[bucket] as number) + 1;
      },
      snapshot: () => ({
        released,
        lagHeavy: Array.from(answers, (count, bucket): [number, number, number] => [
          bucket,
          count,
          heavy[bucket] as number,
        ]).filter(([, count]) => count > 0),
      }),
    };
  },
  merge(parts) {
    const byBucket = new Map<number, [number, number, number]>();
    for (const [bucket, answers, heavy] of parts.flatMap((part) => part.lagHeavy)) {
      const [, a, h] = byBucket.get(bucket) ?? [bucket, 0, 0];
      byBucket.set(bucket, [bucket, a + answers, h + heavy]);
    }
    return {
      released: parts.reduce((sum, part) => sum + part.released, 0),
      lagHeavy: [...byBucket.values()].sort(([a], [b]) => a - b),
    };
  },
};

/** Share of the slowest 1 % of the answers that bear the generator's mark. */
export function lagHeavyTailShare(audit: Audit): number {
  const total = audit.lagHeavy.reduce((sum, [, answers]) => sum + answers, 0);
  const tail = Math.ceil(total * TAIL_SHARE);
  let left = tail;
  let heavyInTail = 0;
  for (const [, answers, heavy] of audit.lagHeavy.toReversed()) {
    const taken = Math.min(left, answers);
    heavyInTail += (heavy * taken) / answers;
    left -= taken;
    if (left === 0) break;
  }
  return tail === 0 ? 0 : heavyInTail / tail;
}
