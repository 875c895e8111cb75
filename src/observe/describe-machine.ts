import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import { memoryLimitOf, quotaCoresOf } from './cgroups/group-limits.js';
import type { Environment } from '../model/results/environment.js';

/** What is needed to judge and to repeat a run on this machine. */
export async function describeMachine(): Promise<Environment> {
  const cores = cpus();
  return {
    node: process.version,
    cpuModel: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryBytes: totalmem(),
    cpuQuotaCores: quotaCoresOf('self'),
    memoryLimitBytes: memoryLimitOf('self', totalmem()),
    kernel: `${type()} ${release()}`,
    openFilesLimit: openFilesLimit(),
    freeFiles: await freeFiles(),
    localPorts: localPorts(),
    loadAverage1m: loadavg()[0] ?? 0,
    gitCommit: await gitCommit(),
  };
}

interface DiagnosticReport {
  readonly userLimits?: { readonly open_files?: { readonly soft?: number | string } };
}

/** The soft limit; null where there is none or it cannot be told. */
export function openFilesLimit(): number | null {
  // Looking up the addresses of all sockets, which nobody needs here, can take seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as unknown as DiagnosticReport;
  const limit = Number(report.userLimits?.open_files?.soft);
  return Number.isInteger(limit) ? limit : null;
}

/** Open files that this process may still use. */
export async function freeFiles(): Promise<number | null> {
  const limit = openFilesLimit();
  if (limit === null) return null;
  // Where the own descriptors cannot be listed, a fresh process has about this many.
  const used = await readdir('/proc/self/fd').then(
    (entries) => entries.length,
    () => 32,
  );
  return Math.max(0, limit - used);
}

/** Ports for outgoing connections; null where the system does not tell. */
export function localPorts(): number | null {
  const [first, last] = numbersIn('/proc/sys/net/ipv4/ip_local_port_range');
  return first === undefined || last === undefined ? null : last - first + 1;
}

/** The numbers in a file of the kernel's settings; none where there is no such file. */
export function numbersIn(file: string): number[] {
  try {
    return readFileSync(file, 'utf8').trim().split(/\s+/).map(Number);
  } catch {
    return [];
  }
}

/** The commit of the working directory; null outside a repository or without git. */
async function gitCommit(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', ['rev-parse', 'HEAD']);
    return stdout.trim();
  } catch {
    return null;
  }
}
