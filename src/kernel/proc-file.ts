import { closeSync, openSync, readSync } from 'node:fs';

/** What is wanted of a file of /proc stands at its beginning. */
const buffer = Buffer.alloc(4096);

/**
 * The beginning of a file of /proc, or undefined where there is none, or its process has just ended.
 * Read synchronously into one buffer: the kernel answers from memory in microseconds, whereas
 * asynchronous reads of a hundred files wake four threads for milliseconds, and `readFile` takes 64 kB
 * for each. The load thread lost its core to both, the threads and the garbage collection.
 */
export function readProc(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    return buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0));
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

/** The fields of /proc/PID/stat from the third on, the state; none when the process has ended. */
export function readStatFields(pid: number): string[] {
  const stat = readProc(`/proc/${pid}/stat`) ?? '';
  // The command's name, in brackets, may itself hold brackets and spaces.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
