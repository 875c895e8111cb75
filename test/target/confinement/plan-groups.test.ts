import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import { groupFolders } from '../../../src/observe/cgroups/group-folders.js';
import { makeGroup, memoryKills } from '../../../src/target/confinement/control-group.js';
import { planGroups, type WantedLimits } from '../../../src/target/confinement/plan-groups.js';
import { test } from '../../support/folder.js';
import { trees, writeTree } from '../../observe/cgroups/trees.js';

const HALF: WantedLimits = { cpuCores: 0.5, memoryBytes: 64 * 2 ** 20 };

/** As a run does it, on a machine that is a folder. */
function planIn(root: string, wanted: WantedLimits) {
  const [cpu, memory] = [groupFolders('self', 'cpu', root), groupFolders('self', 'memory', root)];
  return planGroups(wanted, { ...(cpu && { cpu }), ...(memory && { memory }) });
}

/** The folder of a group without the root and its own name, and its limits. */
function told(root: string, plan: ReturnType<typeof planIn>) {
  return plan.orders().map(({ folder, limits }) => [dirname(folder).slice(root.length), limits] as const);
}

const V2_FILES = {
  'sys/fs/cgroup/user.slice/cgroup.controllers': 'cpuset cpu io memory pids\n',
  'sys/fs/cgroup/user.slice/cgroup.subtree_control': 'memory pids\n',
};

describe('groups for a case', () => {
  test('of version 2 lie below the nearest group that may limit its children, both limits in one', async ({
    folder,
  }) => {
    await writeTree(folder, { ...trees.v2, ...V2_FILES });
    // The group of bench has processes in it: the kernel lets none be limited below it.
    const own = 'sys/fs/cgroup/user.slice/bench.scope';
    await writeTree(folder, { [`${own}/cgroup.controllers`]: 'cpu memory\n' });
    mkdirSync(join(folder, own, 'cgroup.subtree_control'));
    const plan = planIn(folder, HALF);
    expect(plan.by).toEqual({ cpu: 2, memory: 2 });
    expect(told(folder, plan)).toEqual([
      ['/sys/fs/cgroup/user.slice', { 'cpu.max': '50000 100000', 'memory.max': '67108864' }],
    ]);
    // What was offered stays so; only what is missing is added.
    expect(readFileSync(join(folder, 'sys/fs/cgroup/user.slice/cgroup.subtree_control'), 'utf8')).toBe(
      '+cpu',
    );
    expect(plan.refusals).toEqual([]);
  });

  test('of version 2 take one limit where the other has no controller, and say why', async ({ folder }) => {
    const tree = { ...trees.v2, ...V2_FILES, 'sys/fs/cgroup/user.slice/cgroup.controllers': 'memory\n' };
    await writeTree(folder, tree);
    const plan = planIn(folder, HALF);
    expect(plan.by).toEqual({ memory: 2 });
    expect(plan.refusals.join('\n')).toContain('user.slice: it has no controller cpu');
  });

  test('of version 1 lie below the own group of each hierarchy', async ({ folder }) => {
    await writeTree(folder, trees.v1);
    const plan = planIn(folder, HALF);
    expect(plan.by).toEqual({ cpu: 1, memory: 1 });
    expect(told(folder, plan)).toEqual([
      ['/sys/fs/cgroup/cpu,cpuacct/jobs/a:b', { 'cpu.cfs_period_us': '100000', 'cpu.cfs_quota_us': '50000' }],
      ['/sys/fs/cgroup/memory/jobs', { 'memory.limit_in_bytes': '67108864' }],
    ]);
  });

  test('of a hybrid system are of the version that has the controller', async ({ folder }) => {
    const offered = {
      'sys/fs/cgroup/unified/user.slice/cgroup.controllers': 'memory\n',
      'sys/fs/cgroup/unified/user.slice/cgroup.subtree_control': 'memory\n',
      'sys/fs/cgroup/cpu,cpuacct/jobs/cgroup.procs': '',
    };
    await writeTree(folder, { ...trees.hybrid, ...offered });
    const plan = planIn(folder, HALF);
    expect(plan.by).toEqual({ cpu: 1, memory: 2 });
    expect(told(folder, plan).map(([place]) => place)).toEqual([
      '/sys/fs/cgroup/cpu,cpuacct/jobs',
      '/sys/fs/cgroup/unified/user.slice',
    ]);
  });

  test('share one where version 1 has both controllers in one hierarchy', async ({ folder }) => {
    await writeTree(folder, {
      'proc/self/mountinfo': '33 25 0:28 / /sys/fs/cgroup/all rw - cgroup cgroup rw,cpu,memory\n',
      'proc/self/cgroup': '4:cpu,memory:/jobs\n',
      'sys/fs/cgroup/all/jobs/cgroup.procs': '',
    });
    const plan = planIn(folder, HALF);
    expect(told(folder, plan)).toMatchObject([
      ['/sys/fs/cgroup/all/jobs', { 'cpu.cfs_quota_us': '50000', 'memory.limit_in_bytes': '67108864' }],
    ]);
  });

  test('are none where nothing can be written, and it is said where and why', async ({ folder }) => {
    await writeTree(folder, trees.namespaced);
    expect(planIn(folder, HALF)).toMatchObject({
      by: {},
      refusals: [expect.stringMatching(/sys\/fs\/cgroup: the kernel does not offer it there$/)],
    });
    expect(planGroups(HALF, {})).toMatchObject({
      by: {},
      refusals: [
        'no cgroup of this process has the controller cpu',
        'no cgroup of this process has the controller memory',
      ],
    });
  });

  test('have a name of their own at each start', async ({ folder }) => {
    await writeTree(folder, trees.v1);
    const plan = planIn(folder, { cpuCores: 2, memoryBytes: null });
    const [first, second] = [plan.orders()[0]!, plan.orders()[0]!];
    expect(first.folder).not.toBe(second.folder);
    expect(first.folder).toContain(`openapi-bench-${process.pid}-`);
    expect(first.killsFile).toBeNull();
  });
});

describe('a group', () => {
  test('gets the limits of files that the kernel has, and counts what was killed', async ({ folder }) => {
    await writeTree(folder, trees.v1);
    const [order] = planIn(folder, { cpuCores: null, memoryBytes: 2 ** 26 }).orders();
    expect(memoryKills([order!])).toBe(0);
    expect(makeGroup(order!)).toBeUndefined();
    expect(readFileSync(join(order!.folder, 'memory.limit_in_bytes'), 'utf8')).toBe('67108864');
    expect(existsSync(join(order!.folder, 'memory.memsw.limit_in_bytes'))).toBe(false);
    const name = order!.folder.slice(folder.length + 1);
    await writeTree(folder, {
      [`${name}/memory.oom_control`]: 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n',
    });
    expect(memoryKills([order!])).toBe(3);
    expect(makeGroup(order!)).toMatch(/could not be made: it is there already$/);
  });

  test('that a dead bench has left is removed, and that of a living one is not', async ({ folder }) => {
    await writeTree(folder, trees.v1);
    const parent = join(folder, 'sys/fs/cgroup/memory/jobs');
    const left = join(parent, 'openapi-bench-999999999-1-1');
    const reused = join(parent, `openapi-bench-${process.pid}-1-1`);
    const [living] = planIn(folder, { cpuCores: null, memoryBytes: 2 ** 26 }).orders();
    for (const one of [left, reused, living!.folder]) mkdirSync(one);
    planIn(folder, { cpuCores: null, memoryBytes: 2 ** 26 });
    expect([left, reused, living!.folder].map((one) => existsSync(one))).toEqual([false, false, true]);
  });
});
