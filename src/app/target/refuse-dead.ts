import { UserError } from '../../kernel/errors.js';
import type { Target } from '../../target/target.js';

const SHOWN_LINES = 15;

/** Fails when the target is already dead: it would most likely die after every start. */
export async function refuseDead(target: Target): Promise<void> {
  if (target.death === undefined) return;
  const lines = await target.lastOutput(SHOWN_LINES);
  throw new UserError(
    'run',
    `The target ${target.death} right after it became ready, before the pre-flight.`,
    lines.length === 0
      ? 'It wrote nothing. Try `bench serve`, which starts it without any load.'
      : `Its last output:\n${lines.map((line) => `  │ ${line}`).join('\n')}`,
  );
}
