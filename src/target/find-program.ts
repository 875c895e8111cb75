import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Where the system would find a program; an error with its code (`ENOENT`, `EACCES`) when it would not. */
export function findProgram(name: string, folder: string, path: string): string {
  if (name.includes('/')) return executable(resolve(folder, name));
  let denied: unknown;
  for (const place of path.split(delimiter)) {
    try {
      return executable(join(resolve(folder, place), name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EACCES') denied ??= error;
    }
  }
  throw denied ?? Object.assign(new Error(`ENOENT: ${name}`), { code: 'ENOENT' });
}

function executable(file: string): string {
  if (statSync(file).isDirectory()) throw Object.assign(new Error(`EACCES: ${file}`), { code: 'EACCES' });
  accessSync(file, constants.X_OK);
  return file;
}
