import { dirname, join } from 'node:path';
import { codeOf, reasonOf, UserError } from '../kernel/errors.js';
import type { OutputFile } from '../model/report.js';
import { writeAtomically } from './atomic-write.js';

/** Writes what a renderer made, whole or not at all; resolves to its path. Throws `UserError`. */
export async function writeOutput(
  folder: string,
  { name, text }: OutputFile,
  hint = 'The results themselves are whole; bench plot DIR writes it again.',
): Promise<string> {
  const path = join(folder, name);
  try {
    await writeAtomically(path, text);
  } catch (error) {
    throw new UserError('run', `${path} could not be written: ${explain(error, path)}.`, hint, {
      cause: error,
    });
  }
  return path;
}

function explain(error: unknown, path: string): string {
  const code = codeOf(error);
  if (code === 'ENOSPC') return 'the disk is full';
  if (code === 'ENOENT') return `there is no folder ${dirname(path)}`;
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `this user may not write to ${dirname(path)}`;
  return reasonOf(error);
}
