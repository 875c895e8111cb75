import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { join } from 'node:path';
import type { Sandbox } from '../support/sandbox.js';
import { scenarioFile, serverCommand, type Outcome, type RunningBench } from '../support/sandbox.js';

const LOAD = ['--rates', '50', '--pacing', 'relaxed', '--port', 'auto'];

function startRun(sandbox: Sandbox, server: string, ...load: string[]): RunningBench {
  return sandbox.start(wordsOf(sandbox, server, load));
}

function wordsOf(sandbox: Sandbox, server: string, load: readonly string[]): string[] {
  const target = ['--command', serverCommand(server), '--out', sandbox.out];
  return ['run', '--json', ...LOAD, ...load, ...target];
}

/** Two seconds in which a generator hears nothing. */
const WITH_WARM_GENERATOR = { OPENAPI_BENCH_COLD: '' };

/** Half of the shortest time in which a run would end by itself. */
const LONGEST_MS = 10_000;

/** Sends one signal and waits for the end: clean, and because of the signal. */
async function interrupt(bench: RunningBench, name: NodeJS.Signals = 'SIGINT'): Promise<Outcome> {
  const signalledMs = performance.now();
  bench.signalGroup(name);
  const outcome = await bench.ended;
  expect(performance.now() - signalledMs).toBeLessThan(LONGEST_MS);
  expect(outcome.stderr).not.toMatch(/error/i);
  expect(outcome).toMatchObject({ code: 130, signal: null });
  return outcome;
}

function expectInterrupted(sandbox: Sandbox, { stdout }: Outcome, cells: readonly string[]): void {
  const record = sandbox.record();
  expect(record).toMatchObject({ status: 'interrupted', finishedAt: expect.any(String) });
  expect(record.cells.map(({ id }) => id)).toEqual(cells);
  expect(JSON.parse(stdout)).toEqual(record);
}

describe.concurrent('an interrupt ends a run cleanly and keeps what is finished', () => {
  test('in a preparation, whose children end too', async ({ sandbox }) => {
    const file = scenarioFile(sandbox, 'healthy', { prepare: 'takes-for-ever' });
    const bench = sandbox.start(['run', '--json', ...LOAD, '--scenario', file, '--out', sandbox.out]);
    await bench.until(() => sandbox.processes().length >= 4);
    expectInterrupted(sandbox, await interrupt(bench), []);
  });

  test('while the target starts', async ({ sandbox }) => {
    const bench = startRun(sandbox, 'slow-start');
    await bench.until(() => existsSync(join(sandbox.out, 'server.log')));
    expectInterrupted(sandbox, await interrupt(bench), []);
  });

  test('while the document is on its way', async ({ sandbox }) => {
    const file = scenarioFile(sandbox, 'spec-never-sent', { ready: '{ path: /health }' });
    const bench = sandbox.start(['run', '--json', ...LOAD, '--scenario', file, '--out', sandbox.out]);
    await bench.until(() => /asked for/.test(logText(sandbox)));
    expectInterrupted(sandbox, await interrupt(bench), []);
  });

  test('in the warm-up, by SIGTERM', async ({ sandbox }) => {
    const bench = startRun(sandbox, 'healthy', '--warmup', '20s');
    await bench.untilSays(/cells to measure/);
    await sleep(500);
    expectInterrupted(sandbox, await interrupt(bench, 'SIGTERM'), []);
  });

  test('in the window', async ({ sandbox }) => {
    const bench = startRun(sandbox, 'healthy', '--duration', '20s', '--warmup', '0s');
    await bench.untilSays(/cells to measure/);
    await sleep(500);
    expectInterrupted(sandbox, await interrupt(bench), []);
  });

  test('in the drain, after a finished cell', async ({ sandbox }) => {
    const load = ['--duration', '500ms', '--warmup', '0s', '--timeout', '60s'];
    const bench = startRun(sandbox, 'keeps-waiting', ...load);
    await bench.untilSays(/\[1\/2\]/);
    await sleep(1500);
    const outcome = await interrupt(bench);
    expectInterrupted(sandbox, outcome, ['first_50']);
    expect(outcome.stderr).toMatch(/^first .* 50/m);
  });

  test('passed on twice by npm while the generator makes itself ready, still cleanly', async ({
    sandbox,
  }) => {
    const words = wordsOf(sandbox, 'healthy', ['--duration', '20s', '--warmup', '0s']);
    const bench = sandbox.start(words, WITH_WARM_GENERATOR);
    await bench.untilSays(/cells to measure/);
    bench.signal('SIGINT');
    expectInterrupted(sandbox, await interrupt(bench), []);
  });
});

describe.concurrent('an interrupt in the first second is not lost', () => {
  test.for([150, 350, 550, 750])('after %i ms', async (afterMs, { sandbox }) => {
    const bench = startRun(sandbox, 'healthy', '--duration', '20s');
    await sleep(afterMs);
    bench.signal('SIGTERM');
    const { code, signal } = await bench.ended;
    expect(code ?? signal).toBeOneOf([130, 'SIGTERM']);
  });
});

describe.concurrent('an interrupt ends what has nothing to keep', () => {
  test('while listing', async ({ sandbox }) => {
    const bench = sandbox.start(['list', '--port', 'auto', '--command', serverCommand('slow-start')]);
    await bench.until(() =>
      sandbox.processes().some(({ command }) => /slow-start.js --port \d/.test(command)),
    );
    expect(await interrupt(bench)).toMatchObject({ stdout: '' });
  });

  test('in a dry run', async ({ sandbox }) => {
    const args = ['run', '--dry-run', ...LOAD, '--command', serverCommand('slow-start')];
    const bench = sandbox.start(args);
    await bench.until(() => sandbox.processes().some(({ command }) => command.includes('supervise-target')));
    expect(await interrupt(bench)).toMatchObject({ stdout: '' });
  });
});

describe.concurrent('a second interrupt ends at once', () => {
  test('also with a target that ignores SIGTERM, which dies all the same', async ({ sandbox }) => {
    const file = scenarioFile(sandbox, 'ignores-sigterm', { keys: 'stop: { grace: 60s }' });
    const load = [...LOAD, '--duration', '20s', '--warmup', '0s'];
    const bench = sandbox.start(['run', '--json', ...load, '--scenario', file, '--out', sandbox.out]);
    await bench.untilSays(/cells to measure/);
    bench.signal('SIGINT');
    await bench.untilSays(/Once more/);
    await sleep(200);
    const startedMs = performance.now();
    bench.signal('SIGINT');
    expect((await bench.ended).code).toBe(130);
    // The first one waits a minute for the target.
    expect(performance.now() - startedMs).toBeLessThan(30_000);
    // The prompt is back: not a moment later.
    expect(sandbox.processes()).toEqual([]);
  });
});

function logText(sandbox: Sandbox): string {
  return existsSync(join(sandbox.out, 'server.log')) ? sandbox.text('server.log') : '';
}
