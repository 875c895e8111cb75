import { UserError } from '../kernel/errors.js';
import type { Target } from '../target/target.js';

const SHOWN_LINES = 15;

/** One that has died before anything was asked of it would die at every start. */
export async function refuseDead(target: Target, logFile: string): Promise<void> {
  if (target.death === undefined) return;
  const lines = await target.lastOutput(SHOWN_LINES);
  throw new UserError(
    'run',
    `The target ${target.death} before anything was asked of it.`,
    `${lines.map((line) => `  │ ${line}\n`).join('')}Its whole output is in ${logFile}`,
  );
}
