import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Worktree } from '../revisions/git.js';

/**
 * Remembers what it reads. When its input ends, the harness is gone, however it went: removes drafts of files,
 * folders that are empty still, and worktrees, as soon as a target that dies writes to them no more. What a target may
 * have put into its scratch folder is left to the supervisor and its guard, which end the target first.
 */
const SCRIPT = `
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX
out=; scratch=; repository=
while IFS= read -r line; do
  case $line in
    'results '*) out=\${line#results } ;;
    'scratch '*) scratch=\${line#scratch } ;;
    'repository '*) repository=\${line#repository } ;;
    'worktree '*) set -- "$@" "$repository" "\${line#worktree }" ;;
  esac
done
[ -z "$out" ] || rm -f -- "$out"/.bench-*.part "$out"/*/.bench-*.part
[ -z "$scratch" ] || rm -f -- "$scratch"/server.log
for folder in "$out" "$scratch"; do [ -z "$folder" ] || rmdir -- "$folder"; done
while [ $# -gt 1 ]; do
  for pause in 1 1 1 1 0; do
    [ -e "$2" ] || break
    rm -rf -- "$2" || sleep $pause
  done
  git -C "$1" worktree remove --force "$2"
  rmdir -- "\${2%/*}"
  shift 2
done
`;

/** Where something may be left. */
type Place = 'results' | 'scratch';

let shell: ChildProcess | undefined;

/**
 * To be called before something is made in `folder` that must not be left behind by a kill -9 of this process: in a
 * results directory drafts, elsewhere a scratch folder that no supervisor knows of yet.
 */
export function sweepAfterKill(place: Place, folder: string): void {
  tell(place, folder);
}

/** The same for a worktree, which is removed with all that is in it, and then the folder around it. */
export function sweepWorktreeAfterKill({ repository, folder }: Omit<Worktree, 'commit'>): void {
  tell('repository', repository);
  tell('worktree', folder);
}

function tell(what: string, folder: string): void {
  shell ??= startShell();
  // A line is all that the shell can read.
  if (!folder.includes('\n')) shell.stdin?.write(`${what} ${folder}\n`);
}

/** Removes what is left now; resolves when the shell is gone. */
export async function sweepNow(): Promise<void> {
  const { pid, exitCode, signalCode, stdin } = shell ?? {};
  if (!shell || pid === undefined || exitCode !== null || signalCode !== null) return;
  shell.ref();
  const gone = once(shell, 'exit');
  shell = undefined;
  stdin?.end();
  await gone;
}

function startShell(): ChildProcess {
  const started = spawn('/bin/sh', ['-c', SCRIPT], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true, // out of reach of Ctrl-C
  });
  // Without a /bin/sh nothing is swept.
  started.on('error', () => {});
  started.stdin.on('error', () => {});
  started.unref();
  return started;
}
