import { killGenerators } from '../load/generators/child-process.js';
import { killSupervised } from '../target/supervise.js';

/** Kills all that bench has started; resolves when nothing of it lives. For the user who does not want to wait. */
export async function endAtOnce(): Promise<void> {
  await Promise.all([killGenerators(), killSupervised()]);
}
