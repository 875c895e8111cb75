import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { sandboxTest as test } from '../support/sandbox-test.js';

const ROUNDS = 5;
/** A bare start of Node takes some 40 ms; `bench` alone, without what `run` needs, some five of these. */
const MOST_STARTS = 12;

/** The fastest of the rounds, in milliseconds. */
function fastestMs(...args: string[]): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const startMs = performance.now();
    execFileSync(process.execPath, args, { stdio: 'pipe' });
    return performance.now() - startMs;
  });
  return Math.min(...times);
}

test('bench --help answers in well under a second', async ({ sandbox }) => {
  const { code, stdout, stderr } = await sandbox.bench(['--help']);
  expect(stdout).toMatch(/Usage: bench/);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(fastestMs('bin/bench.js', '--help') / fastestMs('--eval', '0')).toBeLessThan(MOST_STARTS);
});
