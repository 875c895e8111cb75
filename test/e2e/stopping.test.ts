import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import {
  expectError,
  QUICK,
  scenarioFile,
  serverCommand,
  type Outcome,
  type Sandbox,
} from '../support/sandbox.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

const ONE = [...QUICK, '--include', 'first', '--no-html'];

function runFile(sandbox: Sandbox, server: string, keys: string): Promise<Outcome> {
  const file = scenarioFile(sandbox, server, { keys });
  return sandbox.bench(['run', '--json', ...ONE, '--scenario', file, '--out', sandbox.out]);
}

function expectMeasured(sandbox: Sandbox, { code, stderr }: Outcome): void {
  expect([0, 4], stderr).toContain(code);
  expect(sandbox.record()).toMatchObject({ status: 'complete', cells: [{ counts: { succeeded: 50 } }] });
}

describe.concurrent('a daemon, whose command ends well and leaves the server behind,', () => {
  test('is measured and ended as any other target', async ({ sandbox }) => {
    const outcome = await sandbox.run('daemon', '--json', '--include', 'first');
    expectMeasured(sandbox, outcome);
    expect(sandbox.record().cells[0]?.gauges['target.processes']?.max).toBe(1);
  });

  test('is a target that has died when it dies', async ({ sandbox }) => {
    const bench = sandbox.start([
      ...['run', ...ONE, '--duration', '2s', '--command', serverCommand('daemon'), '--out', sandbox.out],
    ]);
    await bench.untilSays(/cell to measure/);
    await sleep(500);
    const server = sandbox.processes().find(({ command }) => command.includes('healthy.js'))!;
    process.kill(server.pid, 'SIGKILL');
    const { code, stderr } = await bench.ended;
    expect(code, stderr).toBe(3);
    const [cell] = sandbox.record().cells;
    expect(cell?.verdict.reasons.map(({ id }) => id)).toContain('target-died');
  });
});

test.concurrent(
  'a server that a running process manager started, and would restart, is refused and ended',
  async ({ sandbox, skip, onTestFinished }) => {
    if (process.platform !== 'linux') skip('needs /proc');
    const socket = join(sandbox.folder, 'manager.sock');
    const program = resolve('test/fixtures/servers/process-manager.js');
    const manager = spawn(process.execPath, [program, socket], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void manager.kill('SIGKILL'));
    await once(manager.stdout, 'data');
    const command = serverCommand('process-manager', `${socket} --port {port}`);
    const args = ['run', '--json', ...ONE, '--command', command, '--out', sandbox.out];
    const outcome = await sandbox.bench(args);
    expectError(
      outcome,
      3,
      new RegExp(`started by process ${manager.pid}\\b.*already running`),
      /stop: \{ command/,
    );
    expect(sandbox.processes()).toEqual([]);
  },
);

test.concurrent('a server that ends when its input ends lives through the run', async ({ sandbox }) => {
  expectMeasured(sandbox, await sandbox.run('ends-with-its-input', '--json', '--include', 'first'));
});

describe.concurrent('stopping', () => {
  test('says what had to be killed, and how to give it more time', async ({ sandbox }) => {
    const outcome = await runFile(sandbox, 'ignores-sigterm', 'stop: { grace: 300ms }');
    expectMeasured(sandbox, outcome);
    expect(outcome.stderr).toMatch(
      /did not end within 300ms of SIGTERM and was killed: .*ignores-sigterm\.js/,
    );
    expect(outcome.stderr).toMatch(/stop: \{ grace: 30s \}/);
    expect(sandbox.record().targetEvents.map(({ kind }) => kind)).toEqual(['started', 'stopped']);
  });

  test('by the signal that the scenario names', async ({ sandbox }) => {
    const outcome = await runFile(sandbox, 'names-its-signal', 'stop: { signal: SIGINT, grace: 20s }');
    expectMeasured(sandbox, outcome);
    expect(sandbox.text('server.log')).toMatch(/ended by SIGINT/);
    expect(outcome.stderr).not.toMatch(/killed/);
  });

  test('by a command first', async ({ sandbox }) => {
    const note = join(sandbox.folder, 'stopped');
    const outcome = await runFile(sandbox, 'healthy', `stop: { command: touch ${note} }`);
    expectMeasured(sandbox, outcome);
    expect(statSync(note).isFile()).toBe(true);
  });

  test.for([
    [
      'fails',
      'sh -c "exit 3"',
      /scenario's stop command \(sh -c exit 3\) exited with code 3\. Its output is in server\.log/,
    ],
    ['hangs', 'sleep 60', /scenario's stop command \(sleep 60\) did not end within 500ms \(stop\.grace\)/],
    ['is not there', 'no-such-program', /scenario's stop command \(no-such-program\) is not there/],
  ] as const)(
    'by a command that %s, then by the signal all the same',
    async ([, command, words], { sandbox }) => {
      const keys = `stop: { grace: 500ms, command: '${command}' }`;
      const file = scenarioFile(sandbox, 'healthy', { keys });
      const { code, stderr } = await sandbox.bench(['list', '--port', 'auto', '--scenario', file]);
      expect(stderr).toMatch(words);
      expect(code).toBe(0);
    },
  );
});

test.concurrent(
  'a scratch folder that cannot be removed costs nothing that was measured',
  async ({ sandbox }) => {
    const command = serverCommand('digs-deep', '--port {port} --scratch {scratch}');
    const args = ['run', '--json', ...ONE, '--command', command, '--out', sandbox.out];
    const outcome = await sandbox.bench(args);
    execFileSync('sh', ['-c', 'rm -rf tmp/openapi-bench-*'], { cwd: sandbox.folder });
    expectMeasured(sandbox, outcome);
    expect(outcome.stderr).toMatch(/openapi-bench-\w+ could not be removed: .*Remove it by hand/);
  },
);

test.concurrent(
  'the log of a target that prints without end stays small, with its start and its end',
  async ({ sandbox }) => {
    const outcome = await sandbox.run('talks-much', '--json', '--rates', '48', '--no-html');
    expect([0, 4], outcome.stderr).toContain(outcome.code);
    const log = sandbox.text('server.log');
    expect(log.length).toBeLessThan(17 * 1024 * 1024);
    expect(log).toMatch(/^talks-much: these are my settings\n/);
    expect(log).toMatch(/\n\[bench: \d+ bytes of output were removed here\]\n/);
  },
);
