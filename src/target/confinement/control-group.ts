import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sleep, type Clock } from '../../kernel/clock.js';
import { codeOf, reasonOf } from '../../kernel/errors.js';
import type { GroupOrder } from './confinement.js';

/** Makes the group, with its limits; what the system refused, or undefined when it is made. */
export function makeGroup(order: GroupOrder): string | undefined {
  try {
    mkdirSync(order.folder);
    setLimits(order);
    return undefined;
  } catch (error) {
    return `the control group ${order.folder} could not be made: ${whyRefused(error)}`;
  }
}

export function setLimits({ folder, limits, whereThere }: GroupOrder): void {
  for (const [file, value] of Object.entries(limits)) writeFileSync(join(folder, file), value);
  for (const [file, value] of Object.entries(whereThere))
    if (existsSync(join(folder, file))) writeFileSync(join(folder, file), value);
}

/** In words: a code of the system would be taken for one about the program. */
export function whyRefused(error: unknown): string {
  return REFUSALS[codeOf(error) ?? ''] ?? reasonOf(error);
}

const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'it is mounted read-only',
  ENOENT: 'the kernel does not offer it there',
  EINVAL: 'the kernel refuses the value',
  EBUSY: 'processes are in the group above it',
  EEXIST: 'it is there already',
};

/** How many processes were killed at the memory limits of these groups since they were made. */
export function memoryKills(groups: readonly GroupOrder[]): number {
  return groups.reduce((sum, { folder, killsFile }) => {
    if (killsFile === null) return sum;
    const [, count = '0'] = /^oom_kill (\d+)$/m.exec(textOf(join(folder, killsFile))) ?? [];
    return sum + Number(count);
  }, 0);
}

/** A group is busy until the last of its processes has been reaped, which is their parent's doing. */
const BUSY_LIMIT_MS = 1500;
const POLL_MS = 20;

/** Removes groups that nothing is left in; resolves to those that are still there. */
export async function removeGroups(clock: Clock, folders: readonly string[]): Promise<string[]> {
  const endUs = clock.nowUs() + BUSY_LIMIT_MS * 1000;
  let left = folders.filter(isStillThere);
  while (left.length > 0 && clock.nowUs() < endUs) {
    await sleep(clock, POLL_MS);
    left = left.filter(isStillThere);
  }
  return left;
}

/** After trying to remove it. */
export function isStillThere(folder: string): boolean {
  try {
    rmdirSync(folder);
    return false;
  } catch (error) {
    return codeOf(error) !== 'ENOENT';
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // the group was never made
  }
}
