import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { ResourceSampler } from '../../src/observe/sample-resources.js';
import { FakeClock } from '../support/fake-clock.js';

/** Moves on, and lets the look that falls due be taken. */
async function look(clock: FakeClock, sampler: ResourceSampler, atMs: number): Promise<void> {
  clock.advanceToUs(atMs * 1000);
  await vi.waitFor(() => expect(sampler.latest?.elapsedMs).toBe(atMs));
}

test('looks every half second, and at the close of a window that is no multiple of it', async () => {
  const clock = new FakeClock();
  const sampler = new ResourceSampler(clock, () => [process.pid], 0, 700);
  for (const atMs of [0, 500, 700]) await look(clock, sampler, atMs);
  clock.advanceMs(5000);

  const { target } = await sampler.finish();
  expect(target?.samples.map(({ elapsedMs }) => elapsedMs)).toEqual([0, 500, 700]);
  expect(target?.memoryBytes.max).toBeGreaterThan(10e6);
});

test('takes its last look when the cell is over before the window closes', async () => {
  const clock = new FakeClock();
  const sampler = new ResourceSampler(clock, () => [process.pid], 0, 1000);
  for (const atMs of [0, 500]) await look(clock, sampler, atMs);
  clock.advanceToUs(998_000);

  const { target } = await sampler.finish();
  expect(target?.samples.map(({ elapsedMs }) => elapsedMs)).toEqual([0, 500, 998]);
});

test('knows the host without the target', async () => {
  const clock = new FakeClock();
  const sampler = new ResourceSampler(clock, null, 0, 1000);
  clock.advanceMs(1000);

  const { target, host } = await sampler.finish();
  expect(target).toBeNull();
  expect(host).toHaveProperty('cpuPercent');
});

test('leaves out a process that ends during a look, and keeps the others', async () => {
  const clock = new FakeClock();
  const ended = spawn('/bin/true');
  await once(ended, 'exit');
  const sampler = new ResourceSampler(clock, () => [process.pid, ended.pid!], 0, 500);
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
  const sampler = new ResourceSampler(clock, refused, 0, 500);
  clock.advanceMs(500);

  const { target, failure, host } = await sampler.finish();
  expect(target).toBeNull();
  expect(failure).toMatch(/could not be read: the table of processes is closed/);
  expect(host).toHaveProperty('cpuPercent');
});
