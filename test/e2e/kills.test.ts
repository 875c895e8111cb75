import { describe, expect } from 'vitest';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../support/sandbox.js';
import { scenarioFile, serverCommand } from '../support/sandbox.js';

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

/** After kill -9 nothing of ours may live longer, in milliseconds. */
const LONGEST_MS = 5000;

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
