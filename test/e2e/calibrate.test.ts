import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { noiseFloorSchema } from '../../src/model/results/noise-floor.js';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { expectError, serverCommand, type Sandbox } from '../support/sandbox.js';

const KEPT = 'cache/openapi-bench/noise-floor.json';

function wordsOf({ out }: Sandbox, ...more: readonly string[]): string[] {
  const load = ['--warmup', '0s', '--pacing', 'relaxed', '--port', 'auto'];
  return ['calibrate', '--command', serverCommand('healthy'), ...load, '--out', out, ...more];
}

describe('bench calibrate', () => {
  test('measures the same, each time on a fresh server, and keeps what it varies by', async ({ sandbox }) => {
    const words = wordsOf(sandbox, '--repeats', '2', '--rates', '50', '100', '--duration', '1s', '--json');
    const { code, stdout, stderr } = await sandbox.bench(words);
    expect(stderr).toMatch(/Run 1 of 2\n[^]*Run 2 of 2, about .* left\n[^]*Noise floor of /);
    expect(code).toBe(0);
    const floor = noiseFloorSchema.parse(JSON.parse(stdout));
    expect(floor).toMatchObject({ runs: 2, falseAlarms: { comparisons: 2, repeats: 1 } });
    expect(floor.figures.length).toBeGreaterThan(0);
    expect(JSON.parse(readFileSync(join(sandbox.folder, KEPT), 'utf8'))).toEqual(floor);
    const starts = ['run-1', 'run-2'].map((run) => readFileSync(join(sandbox.out, run, 'results.json'), 'utf8'));
    expect(starts.map((text) => text.match(/"kind": ?"started"/g)?.length)).toEqual([1, 1]);
  });

  test('keeps nothing when it is interrupted', async ({ sandbox }) => {
    const calibrate = sandbox.start(wordsOf(sandbox, '--rates', '50', '--duration', '60s'));
    await calibrate.until(() => calibrate.stderr.includes('Run 1 of 6') && existsSync(join(sandbox.out, 'run-1')));
    calibrate.signalGroup('SIGINT');
    expect(await calibrate.ended).toMatchObject({ code: 130, signal: null });
    expect(existsSync(join(sandbox.folder, KEPT))).toBe(false);
  });

  test('refuses a server that runs already, and one run', async ({ sandbox }) => {
    const url = await sandbox.bench(['calibrate', '--url', 'http://127.0.0.1:9', '--rates', '5']);
    expectError(url, 2, /a target that bench starts/, /--command or --scenario/);
    expectError(await sandbox.bench(['calibrate', '--repeats', '1']), 2, /whole number from 2 to 1000/);
  });
});
