import { describe, expect } from 'vitest';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../support/sandbox.js';
import { scenarioFile, serverCommand, type RunningBench } from '../support/sandbox.js';

const LOAD = [
  '--rates',
  '50',
  '--pacing',
  'relaxed',
  '--duration',
  '20s',
  '--warmup',
  '0s',
  '--port',
  'auto',
];

/** What is not ended lives for ever, or to the end of a window; on a busy machine the end takes some seconds. */
const LONGEST_MS = 15_000;

function isThere(sandbox: Sandbox, words: RegExp): boolean {
  return sandbox.processes().some(({ command }) => words.test(command));
}

describe.concurrent('kill -9 of the harness takes the target with it', () => {
  test('in a preparation', async ({ sandbox }) => {
    const file = scenarioFile(sandbox, 'healthy', { prepare: 'takes-for-ever' });
    const bench = sandbox.start(['run', ...LOAD, '--scenario', file, '--out', sandbox.out]);
    await bench.until(() => sandbox.processes().length >= 4);
    bench.signal('SIGKILL');
    await bench.ended;
    await sandbox.close(LONGEST_MS);
  });

  test('while the supervisor starts', async ({ sandbox }) => {
    const args = ['run', ...LOAD, '--command', serverCommand('slow-start'), '--out', sandbox.out];
    const bench = sandbox.start(args);
    await bench.until(() => isThere(sandbox, /supervise-target/));
    bench.signal('SIGKILL');
    await bench.ended;
    await sandbox.close(LONGEST_MS);
  });

  test('while the target starts', async ({ sandbox }) => {
    const args = ['run', ...LOAD, '--command', serverCommand('slow-start'), '--out', sandbox.out];
    const bench = sandbox.start(args);
    await bench.until(() => isThere(sandbox, /slow-start.js --port \d/));
    await sleep(100);
    bench.signal('SIGKILL');
    await bench.ended;
    await sandbox.close(LONGEST_MS);
  });

  test('in the window, with a target and children that ignore SIGTERM', async ({ sandbox }) => {
    const args = ['run', ...LOAD, '--command', serverCommand('ignores-sigterm'), '--out', sandbox.out];
    const bench = sandbox.start(args);
    await bench.untilSays(/cells to measure/);
    await bench.until(() => sandbox.processes().length >= 5);
    bench.signal('SIGKILL');
    await bench.ended;
    expect(sandbox.record().status).toBe('running');
    await sandbox.close(LONGEST_MS);
  });

  test('in the window, with the two workers of node-sqlite', async ({ sandbox }) => {
    const args = ['run', ...LOAD, '--workers', '2', '--out', sandbox.out];
    const bench = sandbox.start(args);
    await bench.untilSays(/cells to measure/);
    // The harness, its generator, the supervisor, the primary and two workers.
    await bench.until(() => sandbox.processes().length >= 6);
    await sleep(300);
    bench.signal('SIGKILL');
    await bench.ended;
    await sandbox.close(LONGEST_MS);
  });
});

/** Starts a run whose window is long, and ends the test when nothing of it lives any more. */
async function inTheWindow(sandbox: Sandbox, server: string): Promise<RunningBench> {
  const bench = sandbox.start(['run', ...LOAD, '--command', serverCommand(server), '--out', sandbox.out]);
  await bench.untilSays(/cells to measure/);
  await sleep(300);
  return bench;
}

function pidOf(sandbox: Sandbox, words: RegExp): number {
  return sandbox.processes().find(({ command }) => words.test(command))!.pid;
}

describe.concurrent('kill -9 of the harness and the supervisor together takes the target with it', () => {
  test.for(['healthy', 'ignores-sigterm', 'daemon'])('%s', async (server, { sandbox }) => {
    const bench = await inTheWindow(sandbox, server);
    const supervisor = pidOf(sandbox, /supervise-target/);
    process.kill(supervisor, 'SIGKILL');
    bench.signal('SIGKILL');
    await bench.ended;
    await sandbox.close(LONGEST_MS);
  });
});

test.concurrent('kill -9 of the generator ends nothing but the cell', async ({ sandbox }) => {
  const args = [
    'run',
    ...LOAD,
    '--events',
    '--duration',
    '3s',
    '--command',
    serverCommand('healthy'),
    '--out',
    sandbox.out,
  ];
  const bench = sandbox.start(args);
  await bench.untilSays(/"event":"second"/);
  process.kill(pidOf(sandbox, /generator-process/), 'SIGKILL');
  expect((await bench.ended).code).toBe(4);
  expect(sandbox.record()).toMatchObject({ status: 'complete' });
});
