import { expect, test } from 'vitest';
import { Serials } from '../../src/kernel/serials.js';

const NOW_MS = Date.UTC(2026, 10, 29);

test('no number is handed out twice, by one run or a later one', () => {
  let nowMs = NOW_MS;
  const clock = { unixMs: () => nowMs };
  const first = new Serials(clock);
  const [one, many, after] = [first.take(), first.take(90), first.take()];
  expect([many - one, after - many]).toEqual([1, 90]);

  nowMs += 1;
  expect(new Serials(clock).take()).toBeGreaterThan(after);
});

test('they have 14 digits until 2048', () => {
  expect(String(new Serials({ unixMs: () => NOW_MS }).take())).toHaveLength(14);
  expect(new Serials({ unixMs: () => Date.UTC(2048, 0, 1) }).take()).toBeLessThan(9e13);
});
