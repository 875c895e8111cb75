import { findProgram } from './find-program.js';

/**
 * The words that start a program so that the kernel kills it when its parent dies: on Linux, with util-linux's `setpriv`
 * where it is installed. A third line of defence behind the supervisor and its guard. Throws `ENOENT` or `EACCES` when
 * there is no such program, which setpriv would only print.
 */
export function dyingWithParent(words: readonly string[], folder: string, path: string): readonly string[] {
  if (process.platform !== 'linux') return words;
  findProgram(words[0] ?? '', folder, path);
  try {
    return [findProgram('setpriv', '/', path), '--pdeathsig', 'KILL', '--', ...words];
  } catch {
    return words;
  }
}
