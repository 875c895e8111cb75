import { expect } from 'vitest';
import { readDisks } from '../../src/observe/host-disks.js';
import { hostMemoryPercent } from '../../src/observe/host-memory.js';
import { test } from '../support/folder.js';
import { writeTree } from './cgroups/trees.js';

const DISKSTATS = [
  '   7       0 loop0 5 0 10 1 0 0 0 0 0 99 9 0 0 0 0 0 0',
  ' 254       0 vda 64963 18804 2151906 9558 51667 116365 2000 37240 3 10388 48158 1 2 3 4 5 6',
  ' 254       1 vda1 64963 18804 2151906 9558 51667 116365 2000 37240 0 10388 48158 1 2 3 4 5 6',
  ' 253       0 dm-0 9 9 9 9 9 9 2000 9 9 10388 9 9 9 9 9 9 9',
  ' 259       0 nvme0n1 1 2 3 4 5 6 8 8 9 70 11',
].join('\n');

test('real disks alone are read: no partition, nor what lies on others', async ({ folder }) => {
  await writeTree(folder, {
    'proc/diskstats': `${DISKSTATS}\n`,
    'sys/block/vda/device/model': '',
    'sys/block/nvme0n1/device/model': '',
    'sys/block/dm-0/size': '',
    'sys/block/loop0/size': '',
  });
  expect(Object.fromEntries(readDisks(folder))).toEqual({
    vda: { busyMs: 10_388, writtenBytes: 2000 * 512 },
    nvme0n1: { busyMs: 70, writtenBytes: 8 * 512 },
  });
});

test('without /proc there is none', ({ folder }) => {
  expect(readDisks(folder).size).toBe(0);
});

test('memory in use is what programs could not get', () => {
  expect(hostMemoryPercent('MemTotal:  1000 kB\nMemFree:  10 kB\nMemAvailable:   250 kB\n')).toBe(75);
  expect(hostMemoryPercent('MemTotal:  1000 kB\nMemFree:  10 kB\n')).toBeUndefined();
});
