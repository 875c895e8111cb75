import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../kernel/errors.js';
import type { OutputFile } from '../model/report/report.js';
import { writeAtomically } from './atomic-write.js';
import { whyNotWritten } from './why-not-written.js';

/** Writes what a renderer made, whole or not at all; resolves to its path. Throws `UserError`. */
export async function writeOutput(folder: string, { name, text }: OutputFile, hint = HINT): Promise<string> {
  const path = join(folder, name);
  try {
    await writeAtomically(path, text);
  } catch (error) {
    throw notWritten(path, error, hint);
  }
  return path;
}

/** Adds to a file that others write too; resolves to its path. Throws `UserError`. */
export async function appendOutput(path: string, text: string): Promise<string> {
  try {
    await appendFile(path, text);
  } catch (error) {
    throw notWritten(path, error, HINT);
  }
  return path;
}

const HINT = 'The results themselves are whole; bench plot DIR writes it again.';

function notWritten(path: string, error: unknown, hint: string): UserError {
  return new UserError('run', `${path} could not be written: ${whyNotWritten(error, path)}.`, hint, {
    cause: error,
  });
}
