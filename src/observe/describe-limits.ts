import { availableParallelism, loadavg } from 'node:os';
import type { MachineLimits } from '../model/results/fitness.js';
import { quotaCoresOf } from './cgroups/group-limits.js';
import { freeFiles, localPorts, numbersIn } from './describe-machine.js';

/** What stands between this machine and the loads that one may ask of it. */
export async function describeLimits(): Promise<MachineLimits> {
  const [reuse] = numbersIn('/proc/sys/net/ipv4/tcp_tw_reuse');
  return {
    cores: availableParallelism(),
    cpuQuotaCores: quotaCoresOf('self'),
    freeFiles: await freeFiles(),
    localPorts: localPorts(),
    reusesPorts: reuse === 1 || reuse === 2,
    loadAverage1m: loadavg()[0] ?? 0,
  };
}
