import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { requireProgram } from '../support/optional-programs.js';
import { sandboxTest as test } from '../support/sandbox-test.js';
import type { Sandbox } from '../support/sandbox.js';

const LOAD = ['--rates', '100', '--duration', '500ms', '--warmup', '200ms', '--port', 'auto'];
const OPERATIONS = [
  'simple_sync_threadpool',
  'simple_async_blocking',
  'simple_async',
  'get_item_async_read',
  'update_item_async_write',
  'get_item_sync_threadpool_read',
  'update_item_sync_threadpool_write',
  'get_item_async_blocking_read',
  'update_item_async_blocking_write',
];

/** Runs a whole scenario: nine cells, each request accounted for, none of the healthy ones failed. */
async function runWhole(
  sandbox: Sandbox,
  scenario: string,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const args = ['run', '--json', ...LOAD, '--scenario', scenario, '--out', sandbox.out];
  const { code, stderr } = await sandbox.bench(args, env);
  expect(stderr).not.toMatch(/error:/i);
  expect([0, 4]).toContain(code);
  const { status, cells } = sandbox.record();
  expect(status).toBe('complete');
  expect(cells.map(({ subject }) => subject.id).sort()).toEqual([...OPERATIONS].sort());
  for (const { id, counts, gauges } of cells) {
    const { planned, succeeded, failed, timedOut, dropped, unfinished } = counts;
    expect({ id, sum: succeeded + failed + timedOut + dropped + unfinished }).toEqual({ id, sum: planned });
    expect({ id, planned, failed }).toEqual({ id, planned: 50, failed: 0 });
    expect(gauges['target.memory']?.mean).toBeGreaterThan(1e7);
  }
  const blocking = cells.find(({ subject }) => subject.id === 'simple_async_blocking');
  // It sleeps 50 ms on the event loop: 20 a second is all that it can do.
  expect(blocking?.achievedRps).toBeLessThan(25);
}

test.concurrent('the embedded scenario runs from start to verdict', async ({ sandbox }) => {
  await runWhole(sandbox, 'node-sqlite');
});

test.concurrent('fastapi-sqlite runs from start to verdict', async ({ sandbox, skip }) => {
  requireProgram('python3', skip);
  // The user's cache: making the environment anew takes a minute.
  await runWhole(sandbox, 'fastapi-sqlite', {
    XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  });
});

test.concurrent('social runs from start to verdict', async ({ sandbox }) => {
  const load = ['--users', '8', '--spawn-rate', '8', '--think', '0.1s', '--duration', '4s', '--port', 'auto'];
  const args = ['run', '--json', '--scenario', 'social', ...load, '--out', sandbox.out];
  const { code, stderr } = await sandbox.bench(args);
  expect(stderr).not.toMatch(/error:/i);
  expect([0, 1, 4], stderr).toContain(code); // its objectives are not for a busy machine
  const [cell] = sandbox.record().cells;
  expect(cell?.counts.planned).toBeGreaterThan(0);
  for (const status of Object.keys(cell?.statusCodes ?? {})) expect(['200', '201']).toContain(status);
  expect(cell?.counts.succeeded).toBe(cell?.counts.planned);
  expect(cell?.byOperation).toHaveLength(10);
});
