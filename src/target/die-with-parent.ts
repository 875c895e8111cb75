import { spawnSync } from 'node:child_process';
import { findProgram } from './find-program.js';

const OPTIONS = ['--pdeathsig', 'KILL', '--'];

/**
 * The words that start a program so that the kernel kills it when its parent dies: on Linux, with util-linux's `setpriv`
 * where it is installed. A third line of defence behind the supervisor and its guard. Throws `ENOENT` or `EACCES` when
 * there is no such program, which setpriv would only print.
 */
export function dyingWithParent(words: readonly string[], folder: string, path: string): readonly string[] {
  if (process.platform !== 'linux') return words;
  findProgram(words[0] ?? '', folder, path);
  const setpriv = workingSetpriv(path);
  return setpriv === undefined ? words : [setpriv, ...OPTIONS, ...words];
}

/** That of BusyBox does not know the option. */
function workingSetpriv(path: string): string | undefined {
  try {
    const setpriv = findProgram('setpriv', '/', path);
    return spawnSync(setpriv, [...OPTIONS, '/bin/sh', '-c', ':']).status === 0 ? setpriv : undefined;
  } catch {
    return undefined; // it is not installed
  }
}
