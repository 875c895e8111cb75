import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import type { MachineLimits } from '../model/fitness.js';
import { freeFiles } from './describe-machine.js';

/** What stands between this machine and the loads that one may ask of it. */
export async function describeLimits(): Promise<MachineLimits> {
  const [first, last] = numbersIn('/proc/sys/net/ipv4/ip_local_port_range');
  const [reuse] = numbersIn('/proc/sys/net/ipv4/tcp_tw_reuse');
  return {
    cores: availableParallelism(),
    freeFiles: await freeFiles(),
    localPorts: first === undefined || last === undefined ? null : last - first + 1,
    reusesPorts: reuse === 1 || reuse === 2,
    loadAverage1m: loadavg()[0] ?? 0,
  };
}

/** The numbers in a file of the kernel's settings; none where there is no such file. */
function numbersIn(file: string): number[] {
  try {
    return readFileSync(file, 'utf8').trim().split(/\s+/).map(Number);
  } catch {
    return [];
  }
}
