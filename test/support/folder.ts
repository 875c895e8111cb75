import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'vitest';

/** A test that gets an empty folder of its own. */
export const test = base.extend('folder', async ({ task }, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), `bench-test-${task.id}-`));
  onCleanup(() => rm(folder, { recursive: true, force: true }));
  return folder;
});
