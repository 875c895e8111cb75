import { describe, expect, it } from 'vitest';
import { limitsInTheWay, type WantedLoad } from '../../src/analyze/load-limits.js';
import type { MachineLimits } from '../../src/model/results/fitness.js';
import { limits } from '../support/fitness.js';

const modest: WantedLoad = {
  highestRatePerSecond: 2000,
  maxConnections: 1024,
  mostUsers: 0,
  threads: 1,
  pacing: 'auto',
  keepAlive: true,
  isLocal: true,
};

describe('limitsInTheWay', () => {
  it('has nothing against a load within the limits, or where the limits are not known', () => {
    expect(limitsInTheWay(modest, limits())).toEqual([]);
    const unknown = limits({ freeFiles: null, localPorts: null });
    expect(limitsInTheWay({ ...modest, maxConnections: 1e6, keepAlive: false }, unknown)).toEqual([]);
  });

  it.each<[string, Partial<WantedLoad>, Partial<MachineLimits>, string[]]>([
    [
      'more connections than open files',
      {},
      { freeFiles: 1087 },
      ['1024 connections', 'can open only 1087 more', '`ulimit -n 1280`', 'lower --max-connections'],
    ],
    [
      'more users than open files',
      { mostUsers: 2000, maxConnections: 0 },
      { freeFiles: 1087 },
      ['2000 connections at once', 'can open only 1087 more', '`ulimit -n 2256`', 'lower --users'],
    ],
    [
      'more new connections than ports of this machine',
      { keepAlive: false, highestRatePerSecond: 30_000 },
      {},
      ['about 28232/s', 'ip_local_port_range'],
    ],
    [
      'more new connections to another machine than ports that come back',
      { keepAlive: false, highestRatePerSecond: 500, isLocal: false },
      {},
      ['each held for 60 s', 'about 470/s'],
    ],
    [
      'more new connections than ports, where the kernel does not reuse them',
      { keepAlive: false, highestRatePerSecond: 500 },
      { reusesPorts: false },
      ['about 470/s'],
    ],
    ['more threads than cores', { threads: 3 }, {}, ['3 generator threads on 2 cores', 'bench doctor']],
    [
      'spinning on all cores',
      { threads: 2, pacing: 'precise' },
      {},
      ['leave no core to the target', '--pacing relaxed'],
    ],
    [
      'a quota of half a core',
      {},
      { cpuQuotaCores: 0.5 },
      ['CPU quota (cgroup) of 0.5 cores', 'SUSPECT or INVALID', 'Raise it'],
    ],
    [
      'spinning on a whole quota',
      { pacing: 'precise' },
      { cpuQuotaCores: 1.4 },
      ['of 1.4 cores', '--pacing precise spins on 1 core', 'Use --pacing relaxed'],
    ],
    ['more threads than a quota', { threads: 3 }, { cores: 8, cpuQuotaCores: 3 }, ['of 3 cores']],
  ])('says of %s what to do', (_, load, machine, said) => {
    const problems = limitsInTheWay({ ...modest, ...load }, limits(machine));
    expect(problems).toHaveLength(1);
    for (const words of said) expect(problems[0]).toContain(words);
  });

  it.each<[string, Partial<WantedLoad>, Partial<MachineLimits>]>([
    ['files that just suffice', {}, { freeFiles: 1088 }],
    ['ports that just suffice', { keepAlive: false, highestRatePerSecond: 28_232 }, {}],
    ['a quota with room for the harness', {}, { cores: 8, cpuQuotaCores: 1.5 }],
    ['a quota beyond the machine', { threads: 2 }, { cpuQuotaCores: 2 }],
    ['as many threads as cores, asleep', { threads: 2 }, {}],
  ])('has nothing against %s', (_, load, machine) => {
    expect(limitsInTheWay({ ...modest, ...load }, limits(machine))).toEqual([]);
  });
});
