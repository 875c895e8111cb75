import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/**
 * Has the system make room for so many more open descriptors now. Linux doubles a process's table of them when it is
 * full, never shrinks it, and where the process has several threads stops the one that opens for up to 40 ms meanwhile
 * (`expand_fdtable` waits for all readers of the old table): in a window, that would be lag.
 */
export function reserveDescriptors(count: number): void {
  const opened: number[] = [];
  try {
    while (opened.length < count) opened.push(openSync(devNull, 'r'));
  } catch {
    // The limit of the process: no table grows beyond it.
  }
  for (const descriptor of opened) closeSync(descriptor);
}
