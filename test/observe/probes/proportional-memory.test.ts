import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { readPssBytes } from '../../../src/observe/proportional-set-size.js';
import { ProportionalMemory } from '../../../src/observe/probes/proportional-memory.js';
import { FakeClock } from '../../support/fake-clock.js';

test('looks in a window are a second apart, and rarer the more they cost: a 5000th of the time', () => {
  const clock = new FakeClock();
  let costUs = 0;
  let looks = 0;
  const memory = new ProportionalMemory(
    clock,
    () => [1],
    () => {
      looks += 1;
      clock.spendUs(costUs);
      return 1000;
    },
  );
  const looksIn = (seconds: number): number => {
    const before = looks;
    for (let half = 0; half < 2 * seconds; half += 1) {
      clock.advanceMs(500);
      void memory.look({ isFirst: false, isLast: false, elapsedMs: () => 0 });
    }
    return looks - before;
  };
  expect(looksIn(10)).toBe(10);
  costUs = 2000;
  memory.close();
  expect(looksIn(9)).toBe(0);
  expect(looksIn(2)).toBe(1);
});

test('costs the first and the last moment of a window nothing', async () => {
  const clock = new FakeClock();
  let looks = 0;
  const memory = new ProportionalMemory(
    clock,
    () => [1],
    () => (looks += 1),
  );
  clock.advanceMs(60_000);
  await memory.look({ isFirst: true, isLast: false, elapsedMs: () => 0 });
  await memory.look({ isFirst: false, isLast: true, elapsedMs: () => 0 });
  expect(looks).toBe(1);
});

test('adds up the processes, without those that have ended', () => {
  const sizes = new Map([
    [1, 100],
    [2, 50],
  ]);
  const memory = new ProportionalMemory(
    new FakeClock(),
    () => [1, 2, 3],
    (pid) => sizes.get(pid),
  );
  sizes.set(1, 300);
  memory.close();
  expect(memory.outcomes()).toEqual({
    'target.memory.pss': { mean: 250, max: 350, growthPerMinute: null, samples: 2 },
  });
});

test('is not known when one of the processes may not be looked at, or none are', () => {
  const refused = new ProportionalMemory(
    new FakeClock(),
    () => [1, 2],
    (pid) => (pid === 1 ? 100 : null),
  );
  refused.close();
  expect(refused.outcomes()).toEqual({
    'target.memory.pss': { why: 'the system does not tell it of all its processes' },
  });
  const gone = new ProportionalMemory(
    new FakeClock(),
    () => [1],
    () => undefined,
  );
  gone.close();
  expect(gone.outcomes()).toEqual({ 'target.memory.pss': { why: 'none of its processes was seen' } });
});

test.runIf(process.platform === 'linux')('reads this process, and knows one that has ended', async () => {
  const ended = spawn('/bin/true');
  await once(ended, 'exit');
  expect(readPssBytes(ended.pid!)).toBeUndefined();
  const pss = readPssBytes(process.pid)!;
  expect(pss).toBeGreaterThan(10e6);
  expect(pss).toBeLessThan(1.2 * process.memoryUsage.rss());
});
