import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { addWorktree, commitOf, removeWorktree, repositoryOf } from '../../../src/target/revisions/git.js';
import { test } from '../../support/folder.js';
import { gitRepository } from '../../support/git-repository.js';

function worktreesOf(repository: string): number {
  return execFileSync('git', ['-C', repository, 'worktree', 'list'], { encoding: 'utf8' }).trim().split('\n')
    .length;
}

describe('a worktree', () => {
  test('holds a revision, whatever changes in the repository, and is gone with all that was built in it', async ({
    folder,
  }) => {
    const { path: repository, commit } = gitRepository(join(folder, 'shop'));
    const first = commit({ 'server.js': 'first' });
    commit({ 'server.js': 'second' });
    expect(await repositoryOf(repository)).toBe(realpathSync(repository));
    expect(await commitOf(repository, 'HEAD~1')).toBe(first);
    const worktree = { repository, commit: first, folder: join(folder, 'base') };
    await addWorktree(worktree);
    expect(execFileSync('cat', [join(worktree.folder, 'server.js')], { encoding: 'utf8' })).toBe('first');
    writeFileSync(join(worktree.folder, 'built.js'), '');
    await removeWorktree(worktree);
    expect(existsSync(worktree.folder)).toBe(false);
    expect(worktreesOf(repository)).toBe(1);
  });

  test('of what is no revision is refused, also where it looks like an option', async ({ folder }) => {
    const { path: repository, commit } = gitRepository(join(folder, 'shop'));
    commit({ 'server.js': 'first' });
    await expect(commitOf(repository, 'nowhere')).rejects.toThrow(
      `There is no revision nowhere in ${repository}.`,
    );
    await expect(commitOf(repository, '--all')).rejects.toThrow('There is no revision --all');
    // A file is no commit.
    await expect(commitOf(repository, 'HEAD:server.js')).rejects.toThrow('There is no revision');
  });

  test('is not there outside a repository', async ({ folder }) => {
    expect(await repositoryOf(folder)).toBeNull();
  });

  test('that cannot be made says what git says', async ({ folder }) => {
    const { path: repository, commit } = gitRepository(join(folder, 'shop'));
    const made = commit({ 'server.js': 'first' });
    const worktree = { repository, commit: made, folder: repository };
    await expect(addWorktree(worktree)).rejects.toMatchObject({
      message: `${made} could not be checked out.`,
      hint: expect.stringMatching(/already exists[^]*The command was: git -C/),
    });
  });
});
