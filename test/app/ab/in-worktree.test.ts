import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { inWorktree } from '../../../src/app/ab/in-worktree.js';
import { resolveRunConfig } from '../../../src/config/resolve-run-config.js';
import type { RunConfig } from '../../../src/model/config/run-config.js';
import { scenarioSchema } from '../../../src/model/config/scenario.js';
import type { Worktree } from '../../../src/target/revisions/git.js';
import { test } from '../../support/folder.js';

function configIn(folder: string, spec?: string): RunConfig {
  const start = { command: 'node server.js' };
  const scenario = scenarioSchema.parse({ name: 'shop', start, ...(spec === undefined ? {} : { spec }) });
  return resolveRunConfig({}, { scenario, folder }, { freeFiles: null });
}

/** A repository with the folder `api`, and a worktree of it that has the folders given. */
function placesIn(
  parent: string,
  ...inside: string[]
): { readonly repository: string; readonly worktree: Worktree } {
  const repository = join(realpathSync(parent), 'repository');
  const folder = join(realpathSync(parent), 'worktree');
  mkdirSync(join(repository, 'api'), { recursive: true });
  for (const path of ['', ...inside]) mkdirSync(join(folder, path), { recursive: true });
  return { repository, worktree: { repository, folder, commit: 'abcdef0123456789' } };
}

describe('a configuration for a worktree', () => {
  test('starts the target in the same folder there', ({ folder }) => {
    const { repository, worktree } = placesIn(folder, 'api');
    const config = inWorktree(configIn(join(repository, 'api')), worktree);
    const there = join(worktree.folder, 'api');
    expect(config).toMatchObject({ folder: there, target: { words: ['node', 'server.js'], folder: there } });
  });

  test('takes the document of the revision where it has one, else the one at hand', ({ folder }) => {
    const { repository, worktree } = placesIn(folder, 'api');
    const spec = join(repository, 'api', 'openapi.json');
    writeFileSync(spec, '{}');
    expect(inWorktree(configIn(join(repository, 'api'), spec), worktree).spec).toBe(spec);
    const there = join(worktree.folder, 'api', 'openapi.json');
    writeFileSync(there, '{}');
    expect(inWorktree(configIn(join(repository, 'api'), spec), worktree).spec).toBe(there);
  });

  test('leaves what is not of the repository, and what is no file', ({ folder }) => {
    const { worktree } = placesIn(folder);
    const elsewhere = configIn(realpathSync(folder), '/openapi.json');
    expect(inWorktree(elsewhere, worktree)).toEqual(elsewhere);
  });

  test('is refused where the revision has no such folder', ({ folder }) => {
    const { repository, worktree } = placesIn(folder);
    expect(() => inWorktree(configIn(join(repository, 'api')), worktree)).toThrow(
      'abcdef0123 has no folder api.',
    );
  });
});
