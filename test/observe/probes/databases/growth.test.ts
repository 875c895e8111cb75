import { describe, expect, test } from 'vitest';
import { Growth, GrowthRate } from '../../../../src/observe/probes/databases/growth.js';

describe('a counter', () => {
  test('has grown by what came since the first look, and by all that it shows after a restart', () => {
    const growth = new Growth();
    expect([100, 130, 130, 7, 9].map((count) => growth.add(count))).toEqual([0, 30, 30, 37, 39]);
  });

  test('has a rate over two seconds or more, and none before', () => {
    const rate = new GrowthRate();
    const rates = [0, 500, 1000, 1500, 2000, 2500].map((atMs) => rate.add(atMs, atMs < 1000 ? 0 : 100));
    expect(rates).toEqual([undefined, undefined, undefined, undefined, 50, 50]);
    expect(rate.add(5000, 400)).toBe((1000 * 300) / 2500);
  });
});
