import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';

const MOST_BYTES = 16 * 1024 * 1024;
const KEPT_START_BYTES = 1024 * 1024;
const KEPT_END_BYTES = 4 * 1024 * 1024;

/**
 * Cuts the middle out of a log that has grown beyond 16 MiB and keeps the beginning and the end, where people look. The
 * target appends to the file directly, so that its output costs us nothing; cutting is the only way to limit it.
 */
export function limitLog(file: string): void {
  try {
    cutMiddle(file);
  } catch {
    // Removed by the user, or the disk is full: no reason to end the target.
  }
}

function cutMiddle(file: string): void {
  const log = openSync(file, 'r+');
  try {
    const { size } = fstatSync(log);
    if (size <= MOST_BYTES) return;
    const end = Buffer.alloc(KEPT_END_BYTES);
    readSync(log, end, 0, end.length, size - end.length);
    ftruncateSync(log, KEPT_START_BYTES);
    const cutBytes = size - KEPT_START_BYTES - KEPT_END_BYTES;
    // What the target writes in the meantime ends up before these lines.
    const append = openSync(file, 'a');
    try {
      writeSync(append, `\n[bench: ${cutBytes} bytes of output were removed here]\n`);
      writeSync(append, end);
    } finally {
      closeSync(append);
    }
  } finally {
    closeSync(log);
  }
}
