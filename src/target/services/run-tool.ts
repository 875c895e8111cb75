import { execa } from 'execa';
import { UserError } from '../../kernel/errors.js';
import { lastLines, printable } from '../../kernel/text.js';
import type { SystemUser } from './service.js';

const LIMIT_MS = 60_000;
const SHOWN_LINES = 10;

interface ToolOptions {
  readonly user: SystemUser | null;
  readonly folder: string;
  /** Beside the environment: what must not stand in a list of processes. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What a database's own tool prints. Throws `UserError` with its words where it fails. */
export async function runTool(words: readonly string[], options: ToolOptions): Promise<string> {
  const { exitCode, all = '' } = await tool(words, options);
  if (exitCode === 0) return all;
  const said = lastLines(all, SHOWN_LINES).map((line) => `  │ ${printable(line)}\n`);
  throw new UserError(
    'run',
    `${words[0] ?? ''} failed.`,
    `${said.join('')}The folder was ${options.folder}.`,
  );
}

/** Whether it ends with 0. */
export async function succeeds(words: readonly string[], options: ToolOptions): Promise<boolean> {
  return (await tool(words, options)).exitCode === 0;
}

async function tool(
  [file = '', ...args]: readonly string[],
  { user, folder, env = {} }: ToolOptions,
): Promise<{ exitCode?: number | undefined; all?: string | undefined }> {
  return execa(file, args, {
    // Messages in the user's language could not be told apart; PG* variables would lead elsewhere.
    env: { PATH: process.env['PATH'], LC_ALL: 'C', ...env },
    extendEnv: false,
    cwd: folder,
    all: true,
    reject: false,
    stdin: 'ignore',
    timeout: LIMIT_MS,
    ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
  });
}
