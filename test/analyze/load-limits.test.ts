import { describe, expect, it } from 'vitest';
import { limitsInTheWay, type WantedLoad } from '../../src/analyze/load-limits.js';
import type { MachineLimits } from '../../src/model/fitness.js';
import { limits } from '../support/fitness.js';

const modest: WantedLoad = {
  highestRatePerSecond: 2000,
  maxConnections: 1024,
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
    ['more connections than open files', {}, { freeFiles: 1087 }, ['this shell allows 1087', 'ulimit -n']],
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
  ])('says of %s what to do', (_, load, machine, said) => {
    const problems = limitsInTheWay({ ...modest, ...load }, limits(machine));
    expect(problems).toHaveLength(1);
    for (const words of said) expect(problems[0]).toContain(words);
  });

  it.each<[string, Partial<WantedLoad>, Partial<MachineLimits>]>([
    ['files that just suffice', {}, { freeFiles: 1088 }],
    ['ports that just suffice', { keepAlive: false, highestRatePerSecond: 28_232 }, {}],
    ['as many threads as cores, asleep', { threads: 2 }, {}],
  ])('has nothing against %s', (_, load, machine) => {
    expect(limitsInTheWay({ ...modest, ...load }, limits(machine))).toEqual([]);
  });
});
