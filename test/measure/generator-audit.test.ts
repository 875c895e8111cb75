import { describe, expect, it } from 'vitest';
import { generatorAudit, lagHeavyTailShare } from '../../src/measure/generator-audit.js';
import type { Sample } from '../../src/model/generation/sample.js';
import { sample } from '../support/samples.js';

function audit(...list: Sample[]) {
  const collector = generatorAudit.create();
  for (const one of list) collector.add(one);
  return collector.snapshot();
}

const answer = (lagUs: number, responseUs: number): Sample =>
  sample({ releasedUs: lagUs, sentUs: lagUs, doneUs: responseUs });

describe('generatorAudit', () => {
  it('counts the released, answered or not', () => {
    const { released, lagHeavy } = audit(
      answer(0, 1000),
      sample({ outcome: 'timed-out' }),
      sample({ outcome: 'unfinished', releasedUs: Number.NaN }),
    );

    expect(released).toBe(2);
    expect(lagHeavy.map(([, answers]) => answers)).toEqual([1]);
  });

  it('calls an answer heavy when its lag is more than a tenth of its response', () => {
    const heavy = audit(answer(10_000, 100_000), answer(10_001, 100_000), answer(0, 100_000)).lagHeavy;

    expect(heavy).toMatchObject([[expect.any(Number), 3, 1]]);
  });
});

describe('merging audits', () => {
  it('adds the answers of a bucket, and the heavy ones among them', () => {
    const one = audit(answer(50_000, 100_000), answer(0, 100_000));

    expect(generatorAudit.merge([one, one, audit(answer(0, 10_000))])).toMatchObject({
      released: 5,
      lagHeavy: [
        [expect.any(Number), 1, 0],
        [expect.any(Number), 4, 2],
      ],
    });
  });
});

describe('lagHeavyTailShare', () => {
  it('is zero without answers', () => {
    expect(lagHeavyTailShare(audit())).toBe(0);
  });

  it('looks at the slowest 1 % only', () => {
    const fast = Array.from({ length: 990 }, () => answer(9000, 10_000));
    const slow = (heavy: number): Sample[] =>
      Array.from({ length: 10 }, (_, at) => answer(at < heavy ? 50_000 : 0, 100_000));

    expect(lagHeavyTailShare(audit(...fast, ...slow(0)))).toBe(0);
    expect(lagHeavyTailShare(audit(...fast, ...slow(3)))).toBeCloseTo(0.3, 10);
    expect(lagHeavyTailShare(audit(...fast, ...slow(10)))).toBe(1);
  });

  it('takes its part of the bucket in which the slowest 1 % begins', () => {
    const alike = Array.from({ length: 1000 }, (_, at) => answer(at % 2 ? 0 : 9000, 10_000));

    expect(lagHeavyTailShare(audit(...alike))).toBeCloseTo(0.5, 10);
  });
});
