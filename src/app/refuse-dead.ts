import { UserError } from '../kernel/errors.js';
import type { Target } from '../target/target.js';

const SHOWN_LINES = 15;

/** One that has died before anything was asked of it would die at every start. */
export async function refuseDead(target: Target): Promise<void> {
  if (target.death === undefined) return;
  const lines = await target.lastOutput(SHOWN_LINES);
  throw new UserError(
    'run',
    `The target ${target.death} right after it was ready, before anything was asked of it.`,
    lines.length === 0
      ? 'It wrote nothing. bench serve keeps it running without load.'
      : `Its last output:\n${lines.map((line) => `  │ ${line}`).join('\n')}`,
  );
}
