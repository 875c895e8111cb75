import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONNECTIONS, planned } from '../client.js';

const LIMITS = ['workers', 'max-workers', 'connections', 'max-connections'];

/** @type {import('../client.js').Client} */
export const vegeta = {
  name: 'vegeta',
  program: 'vegeta',
  version: ['-version'],
  holdsRate: true,
  hasClosedLoop: true,
  note: 'the attack only: its report is made afterwards, from a file',
  command: ({ origin, ratePerSecond, seconds, folder }) => {
    const targets = join(folder, 'targets');
    writeFileSync(targets, `GET ${origin}/\n`);
    const limits = LIMITS.map((limit) => `-${limit}=${CONNECTIONS}`);
    const load = [`-rate=${ratePerSecond ?? 0}`, `-duration=${seconds}s`, ...limits];
    return {
      program: 'vegeta',
      args: ['attack', `-targets=${targets}`, `-output=${join(folder, 'attack')}`, ...load],
    };
  },
  read: (job) => {
    const { stdout } = spawnSync(vegeta.program, ['report', '-type=json', join(job.folder, 'attack')]);
    /** @type {{ status_codes: Record<string, number>, latencies: Record<string, number> }} */
    const report = JSON.parse(stdout.toString());
    return {
      planned: planned(job),
      completed: report.status_codes['200'] ?? 0,
      p50Ms: (report.latencies['50th'] ?? 0) / 1e6,
      p99Ms: (report.latencies['99th'] ?? 0) / 1e6,
    };
  },
};
