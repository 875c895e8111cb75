import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { expectError, serverCommand, type Sandbox } from '../support/sandbox.js';

const KEPT = 'cache/openapi-bench/noise-floor.json';

function wordsOf({ out }: Sandbox, ...more: readonly string[]): string[] {
  const load = ['--warmup', '0s', '--pacing', 'relaxed', '--port', 'auto'];
  return ['calibrate', '--command', serverCommand('healthy'), ...load, '--out', out, ...more];
}

describe('bench calibrate', () => {
  test('keeps nothing when it is interrupted', async ({ sandbox }) => {
    const calibrate = sandbox.start(wordsOf(sandbox, '--rates', '50', '--duration', '60s'));
    await calibrate.until(
      () => calibrate.stderr.includes('Run 1 of 6') && existsSync(join(sandbox.out, 'run-1')),
    );
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
