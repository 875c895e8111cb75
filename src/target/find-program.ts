import { codeOf } from '../kernel/errors.js';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** The file that the system would execute for a program; throws with the system's code (`ENOENT`, `EACCES`) if none. */
export function findProgram(name: string, folder: string, path: string): string {
  if (name.includes('/')) return executable(resolve(folder, name));
  let denied: Error | undefined;
  for (const place of path.split(delimiter)) {
    try {
      return executable(join(resolve(folder, place), name));
    } catch (error) {
      if (codeOf(error) === 'EACCES') denied ??= systemError('EACCES', name);
    }
  }
  throw denied ?? systemError('ENOENT', name);
}

function executable(file: string): string {
  if (statSync(file).isDirectory()) throw systemError('EACCES', file);
  accessSync(file, constants.X_OK);
  return file;
}

function systemError(code: string, file: string): Error {
  return Object.assign(new Error(`${code}: ${file}`), { code });
}
