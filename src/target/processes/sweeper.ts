import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/**
 * Remembers what it reads. When its input ends, the harness is gone, however it went: removes drafts of files, and
 * folders that are empty still. What a target may have put into its scratch folder is left to the supervisor and its
 * guard, which end the target first.
 */
const SCRIPT = `
out=; scratch=
while IFS= read -r line; do
  case $line in
    'results '*) out=\${line#results } ;;
    'scratch '*) scratch=\${line#scratch } ;;
  esac
done
[ -z "$out" ] || rm -f -- "$out"/.bench-*.part "$out"/*/.bench-*.part
[ -z "$scratch" ] || rm -f -- "$scratch"/server.log
for folder in "$out" "$scratch"; do [ -z "$folder" ] || rmdir -- "$folder"; done
`;

/** Where something may be left. */
type Place = 'results' | 'scratch';

let shell: ChildProcess | undefined;

/**
 * To be called before something is made in `folder` that must not be left behind by a kill -9 of this process: in a
 * results directory drafts, elsewhere a scratch folder that no supervisor knows of yet.
 */
export function sweepAfterKill(place: Place, folder: string): void {
  shell ??= startShell();
  // A line is all that the shell can read.
  if (!folder.includes('\n')) shell.stdin?.write(`${place} ${folder}\n`);
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
