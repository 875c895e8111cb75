import { describe, expect, it } from 'vitest';
import { bucketOf } from '../../src/measure/buckets.js';
import { perSecond } from '../../src/measure/per-second.js';
import type { Sample } from '../../src/model/generation/sample.js';
import { sample } from '../support/samples.js';

function seconds(...list: Sample[]) {
  const collector = perSecond.create();
  for (const one of list) collector.add(one);
  return collector.snapshot();
}

describe('perSecond', () => {
  it('has no seconds without samples', () => {
    expect(seconds()).toEqual([]);
  });

  it('counts what is sent in the second of its sending and what ends in that of its end', () => {
    const [first, second, third] = seconds(sample({ sentUs: 900_000, doneUs: 2_100_000 }));

    expect(first).toMatchObject({ sent: 1, succeeded: 0, sentAndEnded: 0, buckets: [] });
    expect(second).toMatchObject({ sent: 0, succeeded: 0 });
    expect(third).toMatchObject({ sent: 0, succeeded: 1, sentAndEnded: 1 });
    expect(third?.buckets).toEqual([[bucketOf(2_100_000), 1]]);
  });

  it('counts as failed whatever did not succeed, with a response time only for answers', () => {
    const [second] = seconds(
      sample({ outcome: 'wrong-status', status: 500 }),
      sample({ outcome: 'timed-out' }),
      sample({ outcome: 'dropped', sentUs: Number.NaN }),
    );

    expect(second).toMatchObject({ sent: 2, succeeded: 0, failed: 3, sentAndEnded: 2 });
    expect(second?.buckets).toEqual([[bucketOf(1000), 1]]);
  });

  it('keeps the distributions of seconds apart, even when an older one comes back', () => {
    const result = seconds(
      sample({ doneUs: 500_000 }),
      sample({ doneUs: 1_500_000 }),
      sample({ doneUs: 500_000 }),
    );

    expect(result.map(({ buckets }) => buckets)).toEqual([
      [[bucketOf(500_000), 2]],
      [[bucketOf(1_500_000), 1]],
    ]);
  });

  it('goes on after a snapshot where it was', () => {
    const collector = perSecond.create();
    collector.add(sample());
    collector.snapshot();
    collector.add(sample());

    expect(collector.snapshot()[0]?.buckets).toEqual([[bucketOf(1000), 2]]);
  });
});
