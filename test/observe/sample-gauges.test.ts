import { totalmem } from 'node:os';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { memoryLimitOf } from '../../src/observe/cgroups/group-limits.js';
import type { ListProcesses } from '../../src/model/results/gauges.js';
import { PROBES } from '../../src/observe/probes/index.js';
import type { Gauge, OpenProbe, Probe } from '../../src/observe/probes/probe.js';
import { levelOutcome, pointsOf } from '../../src/observe/probes/level.js';
import { GaugeSampler } from '../../src/observe/sample-gauges.js';
import { WatchedProbes } from '../../src/observe/watched-probes.js';
import { FakeClock } from '../support/fake-clock.js';

function sampling(
  clock: FakeClock,
  list: ListProcesses | null,
  windowMs: number,
  probes: readonly Probe[] = PROBES,
): GaugeSampler {
  const target = { processes: list, unmeasured: list === null ? 'it runs elsewhere' : null };
  return new GaugeSampler(clock, { startUs: 0, windowMs, probes: new WatchedProbes(clock, probes, target) });
}

/** Moves on, and lets the look that falls due be taken. */
async function look(clock: FakeClock, sampler: GaugeSampler, atMs: number): Promise<void> {
  clock.advanceToUs(atMs * 1000);
  await vi.waitFor(() => expect(sampler.latest?.elapsedMs).toBe(atMs));
}

/** Moves on, however little the looks tell. */
async function passThrough(clock: FakeClock, untilMs: number): Promise<void> {
  for (let atMs = 0; atMs <= untilMs; atMs += 500) {
    clock.advanceToUs(atMs * 1000);
    // Nothing is read from the system here, so that a look ends before the next turn of the event loop.
    await setImmediate();
    expect(clock.pendingTimers).toBe(atMs === untilMs ? 0 : 1);
  }
}

test('looks every half second, and at the close of a window that is no multiple of it', async () => {
  const clock = new FakeClock();
  const sampler = sampling(clock, () => [process.pid], 700);
  for (const atMs of [0, 500, 700]) await look(clock, sampler, atMs);
  clock.advanceMs(5000);

  const { gauges } = await sampler.finish();
  expect(gauges.samples.map(({ elapsedMs }) => elapsedMs)).toEqual([0, 500, 700]);
  expect(gauges.summaries['target.memory']?.max).toBeGreaterThan(10e6);
  expect(gauges.charted).toEqual(['target.cpu', 'target.memory']);
  const { 'target.memory': memory, 'target.memory.share': share } = gauges.summaries;
  const limitBytes = memoryLimitOf(process.pid, totalmem()) ?? totalmem();
  expect(share?.max).toBeCloseTo((100 * (memory?.max ?? 0)) / limitBytes, 9);
});

test('takes its last look at the close of the window, also when the last answer came long before', async () => {
  const clock = new FakeClock();
  const sampler = sampling(clock, () => [process.pid], 1000);
  for (const atMs of [0, 500]) await look(clock, sampler, atMs);
  clock.advanceToUs(501_000);

  const finished = sampler.finish();
  clock.advanceToUs(1_000_000);
  const { gauges } = await finished;
  expect(gauges.samples.map(({ elapsedMs }) => elapsedMs)).toEqual([0, 500, 1000]);
  expect(gauges.summaries['target.memory.pss']).toMatchObject({ samples: 2 });
});

test('takes its last look where the window closes early', async () => {
  const clock = new FakeClock();
  const sampler = sampling(clock, () => [process.pid], 60_000);
  for (const atMs of [0, 500]) await look(clock, sampler, atMs);
  sampler.closeAt(750);
  await setImmediate();
  await look(clock, sampler, 750);

  const { gauges } = await sampler.finish();
  expect(gauges.samples.map(({ elapsedMs }) => elapsedMs)).toEqual([0, 500, 750]);
  expect(clock.pendingTimers).toBe(0);
});

test('that is stopped looks no more, and does not wait', async () => {
  const clock = new FakeClock();
  const sampler = sampling(clock, () => [process.pid], 60_000);
  for (const atMs of [0, 500]) await look(clock, sampler, atMs);
  // In the middle of a look, which must not lead to another.
  clock.advanceToUs(1_000_000);
  sampler.stop();

  expect((await sampler.finish()).gauges.samples).toHaveLength(2);
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

  expect((await sampler.finish()).gauges.samples).toHaveLength(4);
});

test('knows the host without the target', async () => {
  const clock = new FakeClock();
  const sampler = sampling(clock, null, 1000);
  await passThrough(clock, 1000);

  const { gauges, host } = await sampler.finish();
  expect(gauges.summaries).toEqual({});
  expect(gauges.missing['target.cpu']).toBe('it runs elsewhere');
  expect(host).toHaveProperty('cpuPercent');
});

test('leaves out a process that ends during a look, and keeps the others', async () => {
  const clock = new FakeClock();
  const ended = spawn('/bin/true');
  await once(ended, 'exit');
  const sampler = sampling(clock, () => [process.pid, ended.pid!], 500);
  for (const atMs of [0, 500]) await look(clock, sampler, atMs);

  const { gauges } = await sampler.finish();
  expect(gauges.summaries['target.processes']).toMatchObject({ mean: 1, max: 1 });
  expect(gauges.missing).toEqual({});
});

test('that cannot look at its processes says why, and costs no cell', async () => {
  const clock = new FakeClock();
  const refused = (): never => {
    throw new Error('the table of processes is closed');
  };
  const sampler = sampling(clock, refused, 500);
  await passThrough(clock, 500);

  const { gauges, host } = await sampler.finish();
  expect(gauges.summaries).toEqual({});
  expect(gauges.missing['target.cpu']).toMatch(/could not be read: the table of processes is closed/);
  expect(host).toHaveProperty('cpuPercent');
});

const CONNECTIONS: Gauge = { id: 'database.connections', title: 'Connections', unit: '', isCharted: true };

function databaseProbe(open: Partial<OpenProbe> | (() => never)): Probe {
  return {
    name: 'database',
    gauges: [CONNECTIONS],
    open: () => ({
      look: (look) => Promise.resolve({ elapsedMs: look.elapsedMs(), values: { [CONNECTIONS.id]: 7 } }),
      outcomes: (samples) => ({ [CONNECTIONS.id]: levelOutcome(pointsOf(samples, CONNECTIONS.id)) }),
      ...(typeof open === 'function' ? open() : open),
    }),
  };
}

test('a further probe has its gauge in every look, and beside the others', async () => {
  const clock = new FakeClock();
  const sampler = sampling(clock, () => [process.pid], 1000, [...PROBES, databaseProbe({})]);
  for (const atMs of [0, 500, 1000]) await look(clock, sampler, atMs);

  const { gauges } = await sampler.finish();
  expect(gauges.summaries[CONNECTIONS.id]).toEqual({
    ...{ title: 'Connections', unit: '', mean: 7, max: 7, growthPerMinute: null, samples: 3 },
  });
  expect(gauges.samples.map(({ values }) => values[CONNECTIONS.id])).toEqual([7, 7, 7]);
  expect(gauges.charted).toEqual(['target.cpu', 'target.memory', CONNECTIONS.id]);
});

const refuses = (): never => {
  throw new Error('it is closed');
};

test.each<[string, Parameters<typeof databaseProbe>[0], RegExp]>([
  ['cannot be opened', refuses, /it is closed/],
  ['fails in a look', { look: () => Promise.reject(new Error('it is gone')) }, /it is gone/],
  ['throws in a look', { look: refuses }, /it is closed/],
  ['cannot tell what it has read', { outcomes: refuses }, /it is closed/],
  ['cannot be closed', { close: refuses }, /it is closed/],
  ['says nothing of its gauge', { outcomes: () => ({}) }, /was not read/],
])('a probe that %s says why, and takes no other down', async (_, open, why) => {
  const clock = new FakeClock();
  const sampler = sampling(clock, () => [process.pid], 500, [databaseProbe(open), ...PROBES]);
  for (const atMs of [0, 500]) await look(clock, sampler, atMs);

  const { gauges } = await sampler.finish();
  expect(gauges.missing[CONNECTIONS.id]).toMatch(why);
  expect(gauges.summaries['target.memory']?.samples).toBe(2);
});

test('one that never answers is waited for once, and then the others are looked at as ever', async () => {
  const clock = new FakeClock();
  let asked = 0;
  const hangs: Partial<OpenProbe> = {
    look: () => {
      asked += 1;
      return new Promise(() => {});
    },
    outcomes: () => ({}),
  };
  const sampler = sampling(clock, () => [process.pid], 2500, [...PROBES, databaseProbe(hangs)]);
  clock.advanceToUs(0);
  await vi.waitFor(() => expect(asked).toBe(1));
  clock.advanceToUs(1_000_000);
  for (const atMs of [1500, 2000, 2500]) {
    await vi.waitFor(() => expect(clock.pendingTimers).toBe(1));
    await look(clock, sampler, atMs);
  }

  const { gauges } = await sampler.finish();
  expect(asked).toBe(1);
  expect(gauges.missing[CONNECTIONS.id]).toMatch(/did not answer within 1000 ms/);
  expect(gauges.samples).toHaveLength(4);
});

test('one that answers late keeps its reading', async () => {
  const clock = new FakeClock();
  let asked = 0;
  let answer = (_value: number): void => {};
  const slow: Partial<OpenProbe> = {
    look: (one) => {
      const atMs = one.elapsedMs();
      asked += 1;
      return new Promise((resolve) => {
        answer = (value) => resolve({ elapsedMs: atMs, values: { [CONNECTIONS.id]: value } });
      });
    },
    outcomes: (samples) => ({ [CONNECTIONS.id]: levelOutcome(pointsOf(samples, CONNECTIONS.id)) }),
  };
  const sampler = sampling(clock, () => [process.pid], 1500, [...PROBES, databaseProbe(slow)]);
  clock.advanceToUs(0);
  await vi.waitFor(() => expect(asked).toBe(1));
  clock.advanceToUs(1_000_000);
  answer(7);
  await vi.waitFor(() => expect(clock.pendingTimers).toBe(1));
  clock.advanceToUs(1_500_000);
  await vi.waitFor(() => expect(asked).toBe(2));
  answer(9);

  const { gauges } = await sampler.finish();
  expect(gauges.summaries[CONNECTIONS.id]).toMatchObject({ mean: 8, max: 9, samples: 2 });
});
