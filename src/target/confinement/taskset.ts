import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../find-program.js';

/** Whether util-linux's `taskset` is there. */
export function hasTaskset(path = process.env['PATH'] ?? ''): boolean {
  try {
    findProgram('taskset', '/', path);
    return true;
  } catch {
    return false; // it is not installed
  }
}

/** The cores that this process may run on: `0-3,8` in /proc/self/status. Undefined where the kernel does not tell. */
export function coresOfList(root = '/'): number[] | undefined {
  const status = readFileSync(join(root, 'proc/self/status'), 'utf8');
  const [, list] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status) ?? [];
  return list?.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
}
