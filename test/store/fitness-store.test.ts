import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, vi } from 'vitest';
import { keepFitness, recallFitness } from '../../src/store/fitness-store.js';
import { fitness } from '../support/fitness.js';
import { test } from '../support/folder.js';

describe('what the doctor has found', () => {
  beforeEach(() => void vi.unstubAllEnvs());
  afterEach(() => void vi.unstubAllEnvs());

  test('can be recalled', async ({ folder }) => {
    vi.stubEnv('XDG_CACHE_HOME', folder);
    expect(await recallFitness()).toBeUndefined();
    await keepFitness(fitness());
    expect(await recallFitness()).toEqual(fitness());
  });

  test.for(['{ "schemaVersion": 2 }', 'nonsense'])(
    'is nothing when the file holds %s',
    async (text, { folder }) => {
      vi.stubEnv('XDG_CACHE_HOME', folder);
      await mkdir(join(folder, 'openapi-bench'), { recursive: true });
      await writeFile(join(folder, 'openapi-bench', 'doctor.json'), text);
      expect(await recallFitness()).toBeUndefined();
    },
  );
});
