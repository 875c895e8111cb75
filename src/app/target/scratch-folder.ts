import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../kernel/errors.js';
import { whyNotWritten } from '../../store/why-not-written.js';
import { sweepAfterKill } from '../../target/processes/sweeper.js';

/** Makes a folder for what is not kept; its name begins with `openapi-bench-`. Throws `UserError`. */
export async function makeScratchFolder(): Promise<string> {
  const path = join(tmpdir(), 'openapi-bench-');
  try {
    const folder = await mkdtemp(path);
    sweepAfterKill('scratch', folder);
    return folder;
  } catch (error) {
    throw new UserError(
      'usage',
      `No folder can be made for temporary files: ${whyNotWritten(error, path)}.`,
      'Name one that is there and may be written to with the variable TMPDIR: TMPDIR=/tmp bench …',
      { cause: error },
    );
  }
}
