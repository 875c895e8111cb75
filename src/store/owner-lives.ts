import { hostname } from 'node:os';
import { codeOf } from '../kernel/errors.js';
import type { RunRecord } from '../model/results/run-record.js';

/** Whether a process that writes here still lives; one of another machine cannot be asked, and counts as alive. */
export function ownerLives({ pid, host }: RunRecord['owner']): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, and belongs to another user.
    return codeOf(error) === 'EPERM';
  }
}
