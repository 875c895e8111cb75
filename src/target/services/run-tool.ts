import { execa } from 'execa';
import { UserError } from '../../kernel/errors.js';
import { lastLines, printable } from '../../kernel/text.js';
import { knownCause } from './known-cause.js';
import type { ToolCall } from './service.js';

const LIMIT_MS = 60_000;
const SHOWN_LINES = 10;

/** What a database's own tool prints. Throws `UserError` with its words where it fails. */
export async function runTool(call: ToolCall): Promise<string> {
  const { exitCode, signal, timedOut, all = '' } = await tool(call);
  if (exitCode === 0) return all;
  const how = timedOut
    ? `did not end within ${LIMIT_MS / 1000} s`
    : signal === undefined
      ? `exited with code ${exitCode ?? 'unknown'}`
      : `was killed by ${signal}`;
  const said = lastLines(all, SHOWN_LINES).map((line) => `  │ ${printable(line)}\n`);
  const cause = knownCause(all, call.folder) ?? `The folder was ${call.folder}.`;
  throw new UserError(
    'run',
    `${call.words[0] ?? ''} ${how}.`,
    `${said.join('')}${cause}\nThe command was: ${call.words.join(' ')}`,
  );
}

/** Whether it ends with 0. */
export async function succeeds(call: ToolCall): Promise<boolean> {
  return (await tool(call)).exitCode === 0;
}

async function tool({ words: [file = '', ...args], user, folder, env }: ToolCall): Promise<ToolEnd> {
  return execa(file, args, {
    ...{ env, extendEnv: false, cwd: folder, all: true, reject: false, stdin: 'ignore', timeout: LIMIT_MS },
    ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
  });
}

interface ToolEnd {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly timedOut: boolean;
  readonly all?: string | undefined;
}

/** For tools of this machine: messages in the user's language could not be told apart; PG* variables would lead elsewhere. */
export function plainEnv(): Record<string, string | undefined> {
  return { PATH: process.env['PATH'], LC_ALL: 'C' };
}
