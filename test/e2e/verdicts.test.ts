import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { describe, expect } from 'vitest';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import { countingServer, untilCounted } from '../support/counted-window.js';
import { serverCommand, type Sandbox } from '../support/sandbox.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

/** The reasons that a quick run gives for its one cell. */
async function reasonsOf(sandbox: Sandbox, server: string, ...args: string[]): Promise<string[]> {
  await sandbox.run(server, '--include', 'first', ...args);
  return reasons(sandbox.record().cells[0]!);
}

function reasons({ verdict }: CellRecord): string[] {
  return verdict.reasons.map(({ id }) => id);
}

// One real case for each reason that can be provoked at will; the rest (lag-in-tail, host-saturated,
// not-stationary, generator-busy) depends on the machine, and docs/checks.md tells where it was seen.
describe.concurrent('the reason', () => {
  test('generator-lagged: the generator is held up for half a second', async ({ sandbox }) => {
    const server = await countingServer();
    try {
      const load = ['--rates', '100', '--duration', '2s', '--warmup', '0s', '--threads', '1'];
      const bench = sandbox.start(['run', ...server.target, ...load, '--out', sandbox.out]);
      await untilCounted(bench, server.url, 20);
      const generator = sandbox.processes().find(({ command }) => command.includes('generator-process'))!;
      process.kill(generator.pid, 'SIGSTOP');
      await sleep(500);
      process.kill(generator.pid, 'SIGCONT');
      const { code } = await bench.ended;
      const [cell] = sandbox.record().cells;

      expect(code).toBe(4);
      expect(cell!.verdict.state).toBe('INVALID');
      expect(reasons(cell!)).toContain('generator-lagged');
      expect(cell!.latencyMs.sendLag.max).toBeGreaterThan(300);
      // Late is not lost.
      expect(cell!.counts).toMatchObject({ planned: 200, sent: 200 });
    } finally {
      server.stop();
    }
  });

  test('generator-out-of-resources: more connections than open files', async ({ sandbox }) => {
    const words = [
      '--rates',
      '400',
      '--duration',
      '1s',
      '--warmup',
      '0s',
      '--port',
      'auto',
      '--timeout',
      '1s',
    ];
    const args = ['run', ...words, '--max-connections', '500', '--include', 'first'];
    const place = ['--command', serverCommand('never-answers'), '--out', sandbox.out];
    const shell = `ulimit -n 400; exec ${[process.execPath, resolve('bin/bench.js'), ...args, ...place]
      .map((word) => `'${word}'`)
      .join(' ')}`;
    const { stderr } = await execa('bash', ['-c', shell], { cwd: sandbox.folder, reject: false });

    expect(stderr).toMatch(
      /500 connections need as many open files, and this process can open only \d+ more/,
    );
    expect(reasons(sandbox.record().cells.at(-1)!)).toContain('generator-out-of-resources');
  });

  test('requests-dropped, requests-timed-out and connection-limit-reached: one connection, and hardly a queue', async ({
    sandbox,
  }) => {
    const told = ['--max-connections', '1', '--max-queue', '3', '--timeout', '500ms'];
    const found = await reasonsOf(sandbox, 'never-answers', ...told);

    expect(found).toEqual(
      expect.arrayContaining(['requests-dropped', 'requests-timed-out', 'connection-limit-reached']),
    );
  });

  test('window-too-short: a second for answers that take 600 ms, but not for those that take 300 ms', async ({
    sandbox,
  }) => {
    const { stdout } = await sandbox.run('answers-late');
    const [first, second] = sandbox.record().cells;

    expect(first).toMatchObject({ keepsUp: true, achievedRps: 50, successRate: 1 });
    expect(reasons(first!)).not.toContain('window-too-short');
    expect(second).toMatchObject({ keepsUp: null, backlog: null, successRate: 1 });
    expect(reasons(second!)).toContain('window-too-short');
    expect(stdout).toContain('whether it keeps up is not known: the window of 1s is shorter than twice');
  });

  test('requests-failed and few-samples: fifty requests, each answered with an error', async ({
    sandbox,
  }) => {
    const { code, stdout } = await sandbox.run('answers-500', '--include', 'first');
    const [cell] = sandbox.record().cells;
    const found = reasons(cell!);

    // 4: this machine was too busy to make the load in time.
    if (cell!.verdict.state === 'INVALID') expect(code).toBe(4);
    else {
      expect(code).toBe(1);
      expect(stdout).toMatch(/^Verdict {2}No request succeeded: of 50 planned 50 × status 500\./m);
    }
    expect(cell).toMatchObject({ keepsUp: true, achievedRps: 0 });
    expect(found).toEqual(expect.arrayContaining(['requests-failed', 'few-samples']));
    const failed = sandbox.record().cells[0]!.verdict.reasons.find(({ id }) => id === 'requests-failed');
    expect(failed?.remedy).toMatch(/the server itself fails: look for the error in server\.log/);
  });
});
