import { describe, expect, test } from 'vitest';
import type { HeldSockets } from '../../src/model/results/gauges.js';
import type { ProcessMark } from '../../src/observe/process-cpu.js';
import { ProcessShares } from '../../src/observe/process-shares.js';

const name = (pid: number): string => `python ${pid}`;
const mark = (pid: number, cpuMs: number, parent = 1): ProcessMark => ({
  ...{ pid, parent, cpuMs, startedAt: `${pid}00` },
});
const held = (pid: number, established: number, isListening = true): HeldSockets => ({
  ...{ pid, established, isListening },
});

/** uvicorn: a parent that listens and serves nothing, its tracker, and four workers that share its socket. */
function uvicorn(cpuMs: readonly number[], connections: readonly number[]): ProcessShares {
  const shares = new ProcessShares();
  const workers = (spentMs: readonly number[]): ProcessMark[] =>
    spentMs.map((ms, at) => mark(12 + at, 500 + ms, 10));
  shares.addCpu([mark(10, 900), mark(11, 5, 10), ...workers(cpuMs.map(() => 0))], name);
  const sockets = connections.map((count, at) => held(12 + at, count));
  shares.addSockets([held(10, 0), held(11, 0, false), ...sockets]);
  shares.addCpu([mark(10, 910), mark(11, 5, 10), ...workers(cpuMs)], name);
  return shares;
}

describe('what each process of a target did', () => {
  test('is its CPU time in the window and its connections; a parent without work is no worker', () => {
    const { processes, workers, imbalance } = uvicorn([6100, 1300, 1300, 1300], [512, 3, 5, 4]).byProcess!;
    expect(workers).toBe(4);
    expect(processes.map(({ isWorker, cpuMs }) => [isWorker, cpuMs])).toEqual([
      ...[6100, 1300, 1300, 1300].map((ms) => [true, ms]),
      ...[10, 0].map((ms) => [false, ms]),
    ]);
    expect(processes[0]).toMatchObject({ name: 'python 12', connections: { mean: 512, max: 512 } });
    expect(processes[0]?.cpuShare).toBeCloseTo(6100 / 10_010, 9);
    expect(imbalance.cpu).toBeCloseTo(6100 / 2500, 9);
    expect(imbalance.connections).toBeCloseTo(512 / 131, 9);
  });

  test('counts a worker that got nothing, since it listens', () => {
    const { workers, imbalance } = uvicorn([2000, 2000, 0, 0], [8, 8, 0, 0]).byProcess!;
    expect(workers).toBe(4);
    expect(imbalance).toEqual({ cpu: 2, connections: 2 });
  });

  test('even is 1', () => {
    expect(uvicorn([1000, 1000, 1000, 1000], [4, 4, 4, 4]).byProcess?.imbalance).toEqual({
      ...{ cpu: 1, connections: 1 },
    });
  });

  test('of too little CPU time for its ticks, and of one worker, no imbalance is known', () => {
    expect(uvicorn([90, 10, 10, 10], [1, 1, 1, 1]).byProcess?.imbalance).toEqual({
      ...{ cpu: null, connections: 1 },
    });
    expect(uvicorn([1000], [7]).byProcess?.imbalance).toEqual({ cpu: null, connections: null });
  });

  test('where no connection is seen, those with 5 % of the CPU are workers, but not their parents', () => {
    const shares = new ProcessShares();
    shares.addCpu([mark(10, 0), mark(11, 0, 10), mark(12, 0, 10), mark(13, 0, 10)], name);
    shares.addCpu([mark(10, 400), mark(11, 3000, 10), mark(12, 1000, 10), mark(13, 100, 10)], name);
    const { processes, workers, imbalance, connectionLooks } = shares.byProcess!;
    expect([workers, connectionLooks]).toEqual([2, 0]);
    expect(processes[0]?.connections).toBeNull();
    expect(imbalance).toEqual({ cpu: 1.5, connections: null });
  });

  test('a parent that hands connections out is no worker for those that it holds; one that serves is', () => {
    const parentThat = (usedMs: number): number | undefined => {
      const shares = new ProcessShares();
      shares.addCpu([mark(10, 0), mark(11, 0, 10)], name);
      shares.addSockets([held(10, 3), held(11, 9, false)]);
      shares.addCpu([mark(10, usedMs), mark(11, 1000, 10)], name);
      return shares.byProcess?.workers;
    };
    expect(parentThat(20)).toBe(1);
    expect(parentThat(800)).toBe(2);
  });

  test('of workers that come or go the CPU counts, and no imbalance is told', () => {
    const shares = new ProcessShares();
    shares.addCpu([mark(11, 300), mark(12, 0)], name);
    shares.addSockets([held(11, 5), held(12, 5)]);
    shares.addCpu([mark(12, 400), mark(13, 250)], name);
    shares.addSockets([held(12, 5), held(13, 5)]);
    // The id of the first, taken by another process.
    shares.addCpu([mark(12, 900), { ...mark(11, 40), startedAt: 'later' }], name);
    const { processes, imbalance } = shares.byProcess!;
    expect(processes.map(({ cpuMs }) => cpuMs).sort((a, b) => b - a)).toEqual([900, 250, 40, 0]);
    expect(imbalance).toEqual({ cpu: null, connections: null });
  });

  test('looks that see no connection at all do not thin out the others', () => {
    const shares = new ProcessShares();
    shares.addCpu([mark(11, 0), mark(12, 0)], name);
    for (const count of [0, 4, 6]) shares.addSockets([held(11, count), held(12, count)]);
    expect(shares.byProcess?.processes[0]?.connections).toEqual({ mean: 5, max: 6 });
    expect(shares.byProcess?.connectionLooks).toBe(2);
  });

  test('of hundreds the busiest are kept, and the others counted', () => {
    const shares = new ProcessShares();
    const pids = Array.from({ length: 200 }, (_, at) => at + 10);
    shares.addCpu(
      pids.map((pid) => mark(pid, 0)),
      name,
    );
    shares.addCpu(
      pids.map((pid) => mark(pid, pid * 10)),
      name,
    );
    const { processes, leftOut } = shares.byProcess!;
    expect([processes.length, leftOut, processes[0]?.cpuMs]).toEqual([64, 136, 2090]);
  });

  test('without any nothing is known', () => {
    expect(new ProcessShares().byProcess).toBeUndefined();
  });
});
