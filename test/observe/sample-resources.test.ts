import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { ListProcesses } from '../../src/model/resources.js';
import { ProportionalMemory } from '../../src/observe/proportional-memory.js';
import { ResourceSampler } from '../../src/observe/sample-resources.js';
import { FakeClock } from '../support/fake-clock.js';

function sampling(clock: FakeClock, list: ListProcesses | null, windowMs: number): ResourceSampler {
  const proportional = new ProportionalMemory(clock, list);
  return new ResourceSampler(clock, { list, startUs: 0, windowMs, proportional });
}

/** Moves on, and lets the look that falls due be taken. */
async function look(clock: FakeClock, sampler: ResourceSampler, atMs: number): Promise<void> {
  clock.advanceToUs(atMs * 1000);
  await vi.waitFor(() => expect(sampler.latest?.elapsedMs).toBe(atMs));
}

/** Moves on, however little the looks tell. */
async function passThrough(clock: FakeClock, untilMs: number): Promise<void> {
  for (let atMs = 0; atMs <= untilMs; atMs += 500) {
    clock.advanceToUs(atMs * 1000);
    await vi.waitFor(() => expect(clock.pendingTimers).toBe(atMs === untilMs ? 0 : 1));
  }
}

test('looks every half second, and at the close of a window that is no multiple of it', async () => {
  const clock = new FakeClock();
  const sampler = sampling(clock, () => [process.pid], 700);
  for (const atMs of [0, 500, 700]) await look(clock, sampler, atMs);
  clock.advanceMs(5000);

  const { target } = await sampler.finish();
  expect(target?.samples.map(({ elapsedMs }) => elapsedMs)).toEqual([0, 500, 700]);
  expect(target?.memoryBytes.max).toBeGreaterThan(10e6);
});

test('takes its last look at the close of the window, also when the last answer came long before', async () => {
  const clock = new FakeClock();
  const sampler = sampling(clock, () => [process.pid], 1000);
  for (const atMs of [0, 500]) await look(clock, sampler, atMs);
  clock.advanceToUs(501_000);

  const finished = sampler.finish();
  clock.advanceToUs(1_000_000);
  const { target } = await finished;
  expect(target?.samples.map(({ elapsedMs }) => elapsedMs)).toEqual([0, 500, 1000]);
  expect(target?.pssBytes).toMatchObject({ samples: 2 });
});

test('that is stopped looks no more, and does not wait', async () => {
  const clock = new FakeClock();
  const sampler = sampling(clock, () => [process.pid], 60_000);
  for (const atMs of [0, 500]) await look(clock, sampler, atMs);
  // In the middle of a look, which must not lead to another.
  clock.advanceToUs(1_000_000);
  sampler.stop();

  expect((await sampler.finish()).target?.samples).toHaveLength(2);
  await vi.waitFor(() => expect(sampler.latest?.elapsedMs).toBe(1000));
  await setImmediate();
  expect(clock.pendingTimers).toBe(0);
});

test('takes a look that comes late for its own, and the next one not before it can tell a rate', async () => {
  const clock = new FakeClock();
  const sampler = sampling(clock, () => [process.pid], 2000);
  await look(clock, sampler, 0);
  clock.spendUs(990_000);
  await look(clock, sampler, 990);
  clock.advanceToUs(1_499_000);
  expect(sampler.latest?.elapsedMs).toBe(990);
  for (const atMs of [1500, 2000]) await look(clock, sampler, atMs);

  expect((await sampler.finish()).target?.samples).toHaveLength(4);
});

test('knows the host without the target', async () => {
  const clock = new FakeClock();
  const sampler = sampling(clock, null, 1000);
  await passThrough(clock, 1000);

  const { target, host } = await sampler.finish();
  expect(target).toBeNull();
  expect(host).toHaveProperty('cpuPercent');
});

test('leaves out a process that ends during a look, and keeps the others', async () => {
  const clock = new FakeClock();
  const ended = spawn('/bin/true');
  await once(ended, 'exit');
  const sampler = sampling(clock, () => [process.pid, ended.pid!], 500);
  for (const atMs of [0, 500]) await look(clock, sampler, atMs);

  const { target, failure } = await sampler.finish();
  expect(target).toMatchObject({ processes: 1 });
  expect(failure).toBeNull();
});

test('that cannot look at its processes says why, and costs no cell', async () => {
  const clock = new FakeClock();
  const refused = (): never => {
    throw new Error('the table of processes is closed');
  };
  const sampler = sampling(clock, refused, 500);
  await passThrough(clock, 500);

  const { target, failure, host } = await sampler.finish();
  expect(target).toBeNull();
  expect(failure).toMatch(/could not be read: the table of processes is closed/);
  expect(host).toHaveProperty('cpuPercent');
});
