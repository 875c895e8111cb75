import { UserError } from '../../kernel/errors.js';
import { openFilesLimit } from '../../observe/describe-machine.js';

/** Node opens the files of a program many at a time: below some 160 bench is not even loaded, nor the shipped API below 300. */
const LEAST_FILES = 384;

/** Throws `UserError` where this process may have too few files open for bench to work. */
export function refuseFewFiles(limit = openFilesLimit()): void {
  if (limit === null || limit >= LEAST_FILES) return;
  throw new UserError(
    'run',
    `This process may have ${limit} files open at once, and bench needs ${LEAST_FILES}.`,
    RAISE_IT,
  );
}

/** Node itself goes up to the hard limit. */
const RAISE_IT =
  'Raise the hard limit (`ulimit -Hn` shows it) to 1024 or more: in /etc/security/limits.conf, with LimitNOFILE= in a unit of systemd, or with --ulimit nofile=1024 of docker run.';
