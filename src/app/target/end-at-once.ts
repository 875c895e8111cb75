import { killGenerators } from '../../load/generators/child-process.js';
import { killSupervised } from '../../target/supervise.js';

/** Kills everything that bench has started; resolves when all of it is gone. For users who do not want to wait. */
export async function endAtOnce(): Promise<void> {
  await Promise.all([killGenerators(), killSupervised()]);
}
