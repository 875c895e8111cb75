import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { describe, expect } from 'vitest';
import { accountedFor } from '../support/bench-run.js';
import { countingServer, untilCounted } from '../support/counted-window.js';
import { mayRunInRealTime } from '../support/real-time.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

/** One more than the cores. */
const TOO_MANY = availableParallelism() + 1;
const GENERATOR = /generator-process/;
/** Of sched(7). */
const SCHED_RR = 2;

/** From /proc/PID/stat, whose fields are counted from behind the name: `policy` is the 41st of proc_pid_stat(5). */
function schedulingPolicyOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[41 - 3]);
}

describe.concurrent('several generator threads', () => {
  test('that are more than the cores are allowed, with a warning', async ({ sandbox }) => {
    const { code, stderr } = await sandbox.run('healthy', '--threads', String(TOO_MANY));
    const [cell] = sandbox.record().cells;

    expect(stderr).toMatch(new RegExp(`${TOO_MANY} generator threads on \\d+ cores? take turns`));
    expect([0, 4]).toContain(code);
    expect(cell!.counts).toMatchObject({ planned: 50, sent: 50, succeeded: 50 });
    expect(cell!.generator).toMatchObject({ threads: TOO_MANY, deaths: [] });
  });

  test('run before all else with --realtime, where that is permitted', async ({ sandbox }) => {
    const server = await countingServer();
    try {
      const load = ['--rates', '100', '--duration', '2s', '--warmup', '0s', '--realtime'];
      const bench = sandbox.start(['run', ...server.target, ...load, '--out', sandbox.out]);
      if (!mayRunInRealTime()) {
        const { code, stderr } = await bench.ended;
        expect(code).toBe(3);
        expect(stderr).toMatch(/--realtime (is not permitted here: .*|needs the program chrt)/);
        return;
      }
      await untilCounted(bench, server.url, 20);
      const generator = sandbox.processes().find(({ command }) => GENERATOR.test(command))!;
      expect(schedulingPolicyOf(generator.pid)).toBe(SCHED_RR);
      await bench.ended;
      expect(sandbox.record().config['realTime']).toBe(true);
      expect(sandbox.record().cells[0]!.generator.pacing).toBe('relaxed');
    } finally {
      server.stop();
    }
  });

  test('account for the share of one that is killed, and go on with a new one', async ({ sandbox }) => {
    const server = await countingServer();
    try {
      const load = [
        '--rates',
        '100',
        '--duration',
        '2s',
        '--warmup',
        '0s',
        '--threads',
        '2',
        '--repeats',
        '2',
      ];
      const bench = sandbox.start(['run', ...server.target, ...load, '--out', sandbox.out]);
      await untilCounted(bench, server.url, 20);
      process.kill(sandbox.processes().find(({ command }) => GENERATOR.test(command))!.pid, 'SIGKILL');
      const { code } = await bench.ended;
      const [first, second] = sandbox.record().cells;

      expect(code).toBe(4);
      expect(first!.verdict.state).toBe('INVALID');
      expect(first!.verdict.reasons.map(({ id }) => id)).toContain('generator-died');
      expect(first!.generator.deaths).toEqual(['its process ended with SIGKILL']);
      expect(first!.counts).toMatchObject({ planned: 200, succeeded: 100, unfinished: 100 });
      expect(accountedFor(first!)).toBe(200);
      expect(second!.generator.deaths).toEqual([]);
      expect(second!.counts).toMatchObject({ planned: 200, succeeded: 200 });
    } finally {
      server.stop();
    }
  });
});
