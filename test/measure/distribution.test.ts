import { describe, expect, it } from 'vitest';
import { decodeHistogram, DistributionRecorder, mergeDistributions } from '../../src/measure/distribution.js';

describe('DistributionRecorder', () => {
  it.each([Number.NaN, -1, -0.001])('refuses %d, which is no duration', (value) => {
    const recorder = new DistributionRecorder();
    expect(() => recorder.add(value)).toThrow(RangeError);
    expect(recorder.snapshot().count).toBe(0);
  });

  it('keeps more than an hour exactly in its moments', () => {
    const recorder = new DistributionRecorder();
    recorder.add(7_200_000_000);

    expect(recorder.snapshot()).toMatchObject({ count: 1, max: 7_200_000_000, mean: 7_200_000_000 });
    expect(decodeHistogram(recorder.snapshot().histogram).totalCount).toBe(1);
  });

  it('counts beyond 16 bits in one bucket', () => {
    const recorder = new DistributionRecorder();
    for (let times = 0; times < 70_000; times += 1) recorder.add(5);
    const { histogram } = mergeDistributions([recorder.snapshot(), recorder.snapshot()]);

    expect(decodeHistogram(histogram).totalCount).toBe(140_000);
    expect(decodeHistogram(histogram).maxValue).toBe(5);
  });

  it('is empty before the first value', () => {
    expect(new DistributionRecorder().snapshot()).toMatchObject({ count: 0, min: null, max: null, mean: 0 });
  });

  it('gives snapshots that later values do not change', () => {
    const recorder = new DistributionRecorder();
    recorder.add(1);
    const before = recorder.snapshot();
    recorder.add(2);

    expect(before.count).toBe(1);
    expect(decodeHistogram(before.histogram).totalCount).toBe(1);
  });
});

describe('mergeDistributions', () => {
  it('is empty for no parts', () => {
    expect(mergeDistributions([])).toEqual(new DistributionRecorder().snapshot());
  });
});
