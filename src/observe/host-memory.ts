import { readProc } from '../kernel/proc-file.js';

/**
 * How much of the machine's memory is in use, in per cent: what programs could not get without swapping. Undefined where
 * the system does not tell. Source: proc_meminfo(5), MemAvailable.
 */
export function hostMemoryPercent(text = readProc('/proc/meminfo') ?? ''): number | undefined {
  const [, total] = /^MemTotal:\s+(\d+) kB$/m.exec(text) ?? [];
  const [, available] = /^MemAvailable:\s+(\d+) kB$/m.exec(text) ?? [];
  if (total === undefined || available === undefined || Number(total) === 0) return undefined;
  return 100 * (1 - Number(available) / Number(total));
}
