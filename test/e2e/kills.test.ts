import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { Sandbox, scenarioFile, serverCommand } from '../support/sandbox.js';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
// Five seconds after kill -9 nothing of ours may be left.
afterEach(() => sandbox.close(5000));

const LOAD = ['--rates', '50', '--duration', '20s', '--warmup', '0s', '--port', 'auto'];

function isThere(words: RegExp): boolean {
  return sandbox.processes().some(({ command }) => words.test(command));
}

describe('kill -9 of the harness takes the target with it', () => {
  test('in a preparation', async () => {
    const file = scenarioFile(sandbox, 'healthy', { prepare: 'takes-for-ever' });
    const bench = sandbox.start(['run', ...LOAD, '--scenario', file, '--out', sandbox.out]);
    await bench.until(() => sandbox.processes().length >= 4);
    bench.signal('SIGKILL');
    await bench.ended;
  });

  test('while the supervisor starts', async () => {
    const args = ['run', ...LOAD, '--command', serverCommand('slow-start'), '--out', sandbox.out];
    const bench = sandbox.start(args);
    await bench.until(() => isThere(/supervise-target/));
    bench.signal('SIGKILL');
    await bench.ended;
  });

  test('while the target starts', async () => {
    const args = ['run', ...LOAD, '--command', serverCommand('slow-start'), '--out', sandbox.out];
    const bench = sandbox.start(args);
    await bench.until(() => isThere(/slow-start.js --port \d/));
    await sleep(100);
    bench.signal('SIGKILL');
    await bench.ended;
  });

  test('in the window, with a target and children that ignore SIGTERM', async () => {
    const args = ['run', ...LOAD, '--command', serverCommand('ignores-sigterm'), '--out', sandbox.out];
    const bench = sandbox.start(args);
    await bench.untilSays(/cells to measure/);
    await bench.until(() => sandbox.processes().length >= 5);
    bench.signal('SIGKILL');
    await bench.ended;
    expect(sandbox.record().status).toBe('running');
  });

  test('in the window, with the two workers of node-sqlite', async () => {
    const args = ['run', ...LOAD, '--workers', '2', '--out', sandbox.out];
    const bench = sandbox.start(args);
    await bench.untilSays(/cells to measure/);
    // The harness, the supervisor, the primary and two workers.
    await bench.until(() => sandbox.processes().length >= 5);
    await sleep(300);
    bench.signal('SIGKILL');
    await bench.ended;
  });
});
