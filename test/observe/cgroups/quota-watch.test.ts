import { describe, expect } from 'vitest';
import { QuotaWatch } from '../../../src/observe/cgroups/quota-watch.js';
import { test } from '../../support/folder.js';
import { trees, writeTree } from './trees.js';

const GROUP = 'sys/fs/cgroup/user.slice/bench.scope/cpu.stat';
const SERVICE = 'sys/fs/cgroup/system.slice/api.service';

describe('what quotas did in a window', () => {
  test('is what was counted between its opening and its close, of bench and of the target', async ({
    folder,
  }) => {
    await writeTree(folder, trees.v2);
    const watch = new QuotaWatch(folder);
    watch.open([70]);
    await writeTree(folder, {
      [GROUP]: 'nr_periods 50\nnr_throttled 23\nthrottled_usec 1000000\n',
      [`${SERVICE}/cpu.stat`]: 'nr_periods 60\nnr_throttled 52\nthrottled_usec 2001000\n',
    });
    watch.look();
    expect(watch.quotas).toEqual({
      generator: { cores: 0.5, periodMs: 100, throttledPeriods: 3, throttledMs: 100 },
      target: { cores: 1.5, periodMs: 50, throttledPeriods: 50, throttledMs: 2000 },
      isShared: false,
    });
  });

  test('is told of the quota that stopped the target for longest, though another is tighter', async ({
    folder,
  }) => {
    await writeTree(folder, trees.v2);
    const watch = new QuotaWatch(folder);
    watch.open([70]);
    await writeTree(folder, {
      [`${SERVICE}/worker/cpu.stat`]: 'nr_periods 9\nnr_throttled 4\nthrottled_usec 5\n',
    });
    watch.look();
    expect(watch.quotas.target).toMatchObject({ cores: 2, throttledPeriods: 4 });
  });

  test('is shared where target and bench are stopped by the same one', async ({ folder }) => {
    await writeTree(folder, { ...trees.v2, 'proc/70/cgroup': trees.v2['proc/self/cgroup'] });
    const watch = new QuotaWatch(folder);
    watch.open([70, 71]);
    watch.look();
    expect(watch.quotas.isShared).toBe(true);
    expect(watch.quotas.generator).toEqual({
      cores: 0.5,
      periodMs: 100,
      throttledPeriods: 0,
      throttledMs: 0,
    });
  });

  test('is nothing without a quota, and of a target that nobody knows', async ({ folder }) => {
    const watch = new QuotaWatch(folder);
    watch.open([]);
    watch.look();
    expect(watch.quotas).toEqual({ generator: null, target: null, isShared: false });
  });
});
