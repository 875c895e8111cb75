import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, vi } from 'vitest';
import { keepNoiseFloor, recallNoiseFloor } from '../../src/store/noise-store.js';
import { test } from '../support/folder.js';
import { noiseFloor } from '../support/noise.js';

describe('the noise floor of this machine', () => {
  beforeEach(() => void vi.unstubAllEnvs());
  afterEach(() => void vi.unstubAllEnvs());

  test('can be recalled', async ({ folder }) => {
    vi.stubEnv('XDG_CACHE_HOME', folder);
    expect(await recallNoiseFloor()).toBeUndefined();
    expect(await keepNoiseFloor(noiseFloor())).toBe(join(folder, 'openapi-bench', 'noise-floor.json'));
    expect(await recallNoiseFloor()).toEqual(noiseFloor());
  });

  test.for(['{ "schemaVersion": 2 }', 'nonsense'])(
    'is not known when the file holds %s',
    async (text, { folder }) => {
      vi.stubEnv('XDG_CACHE_HOME', folder);
      await mkdir(join(folder, 'openapi-bench'), { recursive: true });
      await writeFile(join(folder, 'openapi-bench', 'noise-floor.json'), text);
      expect(await recallNoiseFloor()).toBeUndefined();
    },
  );
});
