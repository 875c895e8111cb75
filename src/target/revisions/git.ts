import { realpath, rm } from 'node:fs/promises';
import { execa } from 'execa';
import { codeOf, UserError } from '../../kernel/errors.js';
import { withoutLogins } from '../../kernel/redact-text.js';
import { lastLines, printable } from '../../kernel/text.js';

/** A revision of a repository, in a folder of its own. */
export interface Worktree {
  readonly repository: string;
  readonly folder: string;
  readonly commit: string;
}

interface Answer {
  readonly isFine: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** The folder at the top of the repository that this folder is in; null = it is in none. */
export async function repositoryOf(folder: string): Promise<string | null> {
  const { isFine, stdout } = await git(folder, ['rev-parse', '--show-toplevel']);
  return isFine ? realpath(stdout) : null;
}

/** Throws `UserError` where the repository has no such revision. */
export async function commitOf(repository: string, revision: string): Promise<string> {
  const asked = ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`];
  const { isFine, stdout } = revision.startsWith('-') ? NOTHING : await git(repository, asked);
  if (isFine) return stdout;
  throw new UserError(
    'usage',
    `There is no revision ${withoutLogins(printable(revision))} in ${repository}.`,
    'git branch --all lists those that are there. In a CI job the branch to compare with has to be fetched first: git fetch origin main, or fetch-depth: 0 of actions/checkout.',
  );
}

const NOTHING: Answer = { isFine: false, stdout: '', stderr: '' };

/** Checks a commit out into a folder that is not there yet. Throws `UserError`. */
export async function addWorktree({ repository, folder, commit }: Worktree): Promise<void> {
  const { isFine, stderr } = await git(repository, ['worktree', 'add', '--detach', folder, commit]);
  if (isFine) return;
  const said = lastLines(stderr, SHOWN_LINES).map((line) => `  │ ${withoutLogins(printable(line))}\n`);
  throw new UserError(
    'run',
    `${commit} could not be checked out.`,
    `${said.join('')}The command was: git -C ${repository} worktree add --detach ${folder} ${commit}`,
  );
}

const SHOWN_LINES = 15;

/** With what was built in it. */
export async function removeWorktree({ repository, folder }: Omit<Worktree, 'commit'>): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  // Where it is gone already, or never came to be, there is nothing to forget.
  await git(repository, ['worktree', 'remove', '--force', folder]);
}

/** In a hook git says by these which repository it is in, and that is not always the one that is meant. */
const OF_HOOKS = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'];

async function git(folder: string, words: readonly string[]): Promise<Answer> {
  const env = Object.fromEntries(OF_HOOKS.map((name) => [name, undefined]));
  const result = await execa('git', ['-C', folder, ...words], { reject: false, stdin: 'ignore', env });
  if (codeOf(result) === 'ENOENT')
    throw new UserError(
      'usage',
      'Revisions need git, and there is no program git.',
      'Install it, or name two commands with --base-command and --candidate-command.',
    );
  return { isFine: !result.failed, stdout: result.stdout, stderr: result.stderr };
}
