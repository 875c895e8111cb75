import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { serverCommand } from '../support/sandbox.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

const LOAD = ['--rates', '50', '--duration', '2s', '--warmup', '0s', '--port', 'auto', '--include', 'first'];

test.runIf(process.platform === 'linux')(
  'a worker that gets three connections of four is seen to do most of the work, and its parent none',
  async ({ sandbox }) => {
    const command = serverCommand('spreads-unevenly');
    const bench = sandbox.start(['run', ...LOAD, '--command', command, '--out', sandbox.out]);
    let threads = 0;
    await bench.until(() => {
      const servers = sandbox
        .processes()
        .filter((one) => one.command.includes('spreads-unevenly') && !one.command.includes('bench.js'));
      if (servers.length === 3) threads = servers.reduce((sum, { pid }) => sum + threadsOf(pid), 0);
      return threads > 0;
    });
    const { stdout } = await bench.ended;

    const [cell] = sandbox.record().cells;
    const { processes, workers } = cell!.byProcess!;
    expect(processes.map(({ isWorker }) => isWorker)).toEqual([true, true, false]);
    expect(workers).toBe(2);
    const [first, second, parent] = processes;
    expect(first!.cpuMs).toBeGreaterThan(second!.cpuMs);
    expect(first!.connections!.mean).toBeGreaterThan(2 * second!.connections!.mean);
    expect(parent!.connections!.max).toBe(0);
    expect(stdout).toContain('What each worker did');
    expect(cell!.gauges['target.threads']!.max).toBeGreaterThanOrEqual(threads);
    expect(cell!.gauges['host.cpu']!.mean).toBe(cell!.generator.hostCpuPercent);
    expect(cell!.probes!['processes']!.looks).toBeGreaterThanOrEqual(3);
  },
);

function threadsOf(pid: number): number {
  return Number(/^Threads:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
