import { UserError } from '../../kernel/errors.js';

/** How Node ends when V8 finds no more memory; it has said so on stderr. */
const OUT_OF_MEMORY = /ended with (SIGABRT|SIGTRAP|SIGILL|code 134)/;

/** Why a cell could not begin. A generator that was killed is not to blame; anything else is a fault of ours. */
export function generatorFailed(message: string): Error {
  if (OUT_OF_MEMORY.test(message)) {
    return new UserError(
      'run',
      `A load generator failed: ${message}, most likely because it found no more memory.`,
      'Lower --max-queue or --max-connections, or give it more with NODE_OPTIONS=--max-old-space-size=4096.',
    );
  }
  if (!message.includes('ended with SIG')) return new Error(`a load generator failed: ${message}`);
  return new UserError(
    'run',
    `A load generator failed: ${message}.`,
    'Another program killed it, or the system did for lack of memory (see dmesg). Start the run again.',
  );
}
