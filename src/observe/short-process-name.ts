import { basename } from 'node:path';
import { readProc } from '../kernel/proc-file.js';
import { redactText } from '../kernel/redact-text.js';
import { oneLine } from '../kernel/text.js';

const MOST_CHARACTERS = 32;

/** `node server.js`, `python uvicorn`, `gunicorn: worker [app]`: what tells processes apart, without their arguments. */
export function shortProcessName(pid: number): string {
  return shortName(readProc(`/proc/${pid}/cmdline`) ?? '');
}

/** Of a command line whose words end in NUL. */
export function shortName(commandLine: string): string {
  const [program = '', ...words] = commandLine.split('\0').filter((word) => word !== '');
  const name = program.includes(' ') ? titleOf(program) : [basename(program), ...scriptOf(words)].join(' ');
  return oneLine(redactText(name)).slice(0, MOST_CHARACTERS) || 'unknown';
}

/** Programs that write what they do over their command line: nginx, gunicorn, PostgreSQL. */
function titleOf(title: string): string {
  const words = title.split(' ');
  const end = words.findIndex((word) => word.startsWith('/') || word.startsWith('-'));
  return words.slice(0, end < 0 ? undefined : end).join(' ');
}

/** What an interpreter runs: the first word, or a module; none where it is a text. */
function scriptOf([first, second]: readonly string[]): string[] {
  if (first === '-m' && second !== undefined) return [second];
  return first === undefined || first.startsWith('-') ? [] : [basename(first)];
}
