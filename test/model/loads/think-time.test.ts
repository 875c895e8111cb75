import { expect, test } from 'vitest';
import { randomAt } from '../../../src/kernel/random.js';
import { formatThinkTime, parseThinkTime, thinkTimeUs } from '../../../src/model/loads/think-time.js';

test.each(['1s', '100ms-2s', 'exp:1s'])('%s is read, and written as it was', (text) => {
  expect(formatThinkTime(parseThinkTime(text)!)).toBe(text);
});

test.each(['', '1', '2s-1s', 'exp:', 'exp:1s-2s', 'exp:0s', '-1s', '1s-', 'normal:1s', '2h'])(
  '%j is none',
  (text) => {
    expect(parseThinkTime(text)).toBeUndefined();
  },
);

test('no time is no think time', () => {
  expect(parseThinkTime('0s')).toBeNull();
  expect(thinkTimeUs(null, 0.5)).toBe(0);
});

/** The greatest distance between the distribution of a sample and the one that is meant (Kolmogorov and Smirnov). */
function distance(sample: readonly number[], meant: (value: number) => number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  return Math.max(
    ...sorted.map((value, at) => {
      const share = meant(value);
      return Math.max(share - at / sorted.length, (at + 1) / sorted.length - share);
    }),
  );
}

/** At 10,000 values one in a thousand true samples is further away: 1.95 / √n. */
const LIMIT = 0.0195;

test.each([
  ['100ms-2s', (us: number) => (us / 1000 - 100) / 1900],
  ['exp:1s', (us: number) => 1 - Math.exp(-us / 1e6)],
])('%s follows its distribution', (text, meant) => {
  const think = parseThinkTime(text)!;
  const sample = Array.from({ length: 10_000 }, (_, at) => thinkTimeUs(think, randomAt(7, at)));
  expect(distance(sample, meant)).toBeLessThan(LIMIT);
  // Which tells it from another one of nearly the same mean.
  expect(
    distance(
      sample.map((us) => us * 1.1),
      meant,
    ),
  ).toBeGreaterThan(LIMIT);
});
