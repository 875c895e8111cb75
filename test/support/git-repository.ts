import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface GitRepository {
  readonly path: string;
  /** Writes these files, and commits everything; the hash of the commit. */
  commit(files: Readonly<Record<string, string>>): string;
}

/** Makes an empty repository that minds nobody's settings. */
export function gitRepository(path: string): GitRepository {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const git = (...words: string[]): string =>
    execFileSync('git', ['-C', path, ...words], { encoding: 'utf8', env }).trim();
  mkdirSync(path, { recursive: true });
  git('init', '--quiet', '--initial-branch', 'main');
  git('config', 'user.name', 'A Tester');
  git('config', 'user.email', 'tester@example.org');
  return {
    path,
    commit(files) {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), text);
      }
      git('add', '--all');
      git('commit', '--quiet', '--message', 'a change');
      return git('rev-parse', 'HEAD');
    },
  };
}
