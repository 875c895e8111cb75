import { codeOf, UserError } from '../kernel/errors.js';

const ENDED: Readonly<Record<string, [what: string, toDo: string]>> = {
  EMFILE: [
    'bench has as many files open as it may',
    'Raise the limit of open files (`ulimit -n $(ulimit -Hn)`), or lower --max-connections.',
  ],
  ENFILE: ['this machine has as many files open as it can', 'End other programs, or raise fs.file-max.'],
  EAGAIN: [
    'this user may start no more processes',
    'End other programs of this user, or raise the limit of processes (`ulimit -u`, pids.max of a container).',
  ],
  ENOMEM: ['this machine has no memory left', 'End other programs, or give the machine more memory.'],
};

/** What this machine has run out of, where that is why something failed; undefined for any other error. */
export function machineLimit(error: unknown): UserError | undefined {
  const [what, toDo] = ENDED[codeOf(error) ?? ''] ?? [];
  if (what === undefined || !(error instanceof Error)) return undefined;
  return new UserError('run', `The run could not go on: ${what} (${error.message}).`, toDo, { cause: error });
}
