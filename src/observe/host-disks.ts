import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a disk has done since the system started. */
export interface DiskCounters {
  /** For how long it had work. */
  readonly busyMs: number;
  readonly writtenBytes: number;
}

/** Whatever the disk says of itself. Source: the kernel's admin-guide/iostats. */
const SECTOR_BYTES = 512;

/**
 * The real disks of this machine by name, none where it does not tell of any. Those that lie on others (partitions, RAID,
 * loop devices, compressed memory) are left out, or work would count twice: they have no device of their own in /sys.
 */
export function readDisks(root = '/'): ReadonlyMap<string, DiskCounters> {
  const disks = new Map<string, DiskCounters>();
  for (const line of diskLines(root)) {
    // major minor name, then 11 counters or more: reads are the first four, writes the next, then in flight and busy.
    const [, , name = '', ...counters] = line.trim().split(/\s+/);
    const [, , , , , , sectorsWritten = 0, , , busyMs = 0] = counters.map(Number);
    if (name === '' || !existsSync(join(root, `sys/block/${name}/device`))) continue;
    disks.set(name, { busyMs, writtenBytes: sectorsWritten * SECTOR_BYTES });
  }
  return disks;
}

function diskLines(root: string): string[] {
  try {
    return readFileSync(join(root, 'proc/diskstats'), 'latin1').split('\n');
  } catch {
    return []; // no Linux
  }
}
