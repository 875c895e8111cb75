import { join } from 'node:path';
import { describe, expect } from 'vitest';
import {
  cpuQuotasOf,
  memoryLimitOf,
  quotaCoresOf,
  throttlingOf,
} from '../../../src/observe/cgroups/group-limits.js';
import { test } from '../../support/folder.js';
import { trees, writeTree } from './trees.js';

const GIBIBYTE = 1024 ** 3;

describe('the CPU quota of a process is the tightest on the way up', () => {
  test('under version 2, of its own group or of one above', async ({ folder }) => {
    await writeTree(folder, trees.v2);
    expect(quotaCoresOf('self', folder)).toBe(0.5);
    expect(quotaCoresOf(70, folder)).toBe(1.5);
    expect(cpuQuotasOf(70, folder)).toEqual([
      expect.objectContaining({ cores: 2, periodMs: 100 }),
      expect.objectContaining({ cores: 1.5, periodMs: 50 }),
    ]);
  });

  test('under version 1, whose paths may hold colons and whose -1 is none', async ({ folder }) => {
    await writeTree(folder, trees.v1);
    expect(cpuQuotasOf('self', folder)).toEqual([
      {
        folder: join(folder, 'sys/fs/cgroup/cpu,cpuacct/jobs'),
        version: 1,
        cores: 0.5,
        periodMs: 50,
      },
    ]);
  });

  test('on a hybrid system, from the hierarchy that has the controller', async ({ folder }) => {
    await writeTree(folder, trees.hybrid);
    expect(quotaCoresOf('self', folder)).toBe(1.5);
  });

  test('in a namespace of cgroups, where groups outside cannot be seen', async ({ folder }) => {
    await writeTree(folder, trees.namespaced);
    expect(quotaCoresOf('self', folder)).toBe(3);
    expect(quotaCoresOf(70, folder)).toBeNull();
  });

  test('in a container that sees the paths of its host', async ({ folder }) => {
    await writeTree(folder, trees.container);
    expect(quotaCoresOf('self', folder)).toBe(0.5);
    expect(quotaCoresOf(70, folder)).toBeNull();
  });

  test('where a file is missing or says nothing, there is none', async ({ folder }) => {
    expect(quotaCoresOf('self', folder)).toBeNull();
    await writeTree(folder, { 'proc/self/cgroup': '0::/\n' });
    expect(quotaCoresOf('self', folder)).toBeNull();
    await writeTree(folder, { ...trees.v2, 'sys/fs/cgroup/user.slice/bench.scope/cpu.max': '' });
    expect(quotaCoresOf('self', folder)).toBeNull();
    expect(quotaCoresOf(71, folder)).toBeNull();
  });
});

test('throttling is read in the units of each version', async ({ folder }) => {
  await writeTree(folder, { ...trees.v2 });
  expect(cpuQuotasOf('self', folder).map(throttlingOf)).toEqual([{ periods: 20, ms: 900 }]);
  await writeTree(folder, { ...trees.v1 });
  expect(cpuQuotasOf('self', folder).map(throttlingOf)).toEqual([{ periods: 7, ms: 1500 }]);
});

test('a memory limit counts where it is less than the memory of the machine', async ({ folder }) => {
  await writeTree(folder, trees.v2);
  expect(memoryLimitOf('self', 2 * GIBIBYTE, folder)).toBe(GIBIBYTE);
  expect(memoryLimitOf('self', GIBIBYTE, folder)).toBeNull();
  await writeTree(folder, trees.v1);
  expect(memoryLimitOf('self', 2 * GIBIBYTE, folder)).toBe(GIBIBYTE / 2);
});
