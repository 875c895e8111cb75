import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readStatFields } from '../../kernel/proc-file.js';
import { isStillThere } from './control-group.js';

const NAME = /^openapi-bench-(\d+)-(\d+)-\d+$/;
let made = 0;

/** For a group of this process: no other has it, and it tells whether this process still lives. */
export function newGroupName(): string {
  made += 1;
  return `openapi-bench-${process.pid}-${startOf(process.pid)}-${made}`;
}

/** Removes the empty groups in a folder whose bench is gone without having removed them. */
export function removeLeftovers(folder: string): void {
  for (const name of namesIn(folder)) {
    const [, pid, startedAt] = NAME.exec(name) ?? [];
    // One with processes in it stays: they are not ours to end.
    if (pid !== undefined && startOf(Number(pid)) !== startedAt) isStillThere(join(folder, name));
  }
}

/** Field 22 of its stat; process ids are reused, both together are not. */
function startOf(pid: number): string {
  return readStatFields(pid)[19] ?? '';
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // not readable: nothing was made there either
  }
}
