import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { reasonOf, UserError } from '../../kernel/errors.js';

/** Of util-linux. Round robin at the lowest real-time priority: before every usual process, behind the kernel's own threads. */
const PROGRAM = 'chrt';
const POLICY = ['--rr', '1'];

/** Throws `UserError` where this machine does not let bench run a process in real time. */
export async function refuseWithoutRealTime(): Promise<void> {
  try {
    await promisify(execFile)(PROGRAM, [...POLICY, 'true']);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UserError(
      'run',
      isMissing
        ? '--realtime needs the program chrt of Linux (package util-linux), which is not here.'
        : `--realtime is not permitted here: ${reasonOf(error).trim().split('\n').at(-1)}.`,
      isMissing
        ? 'Leave --realtime out, or run bench on Linux with util-linux.'
        : 'Run bench as root (in a container: with --cap-add SYS_NICE), or leave --realtime out.',
    );
  }
}

/** How Node is started so that it is scheduled so from its first thread on: options of `fork`. */
export function inRealTime(v8Flags: readonly string[]): { execPath: string; execArgv: string[] } {
  return { execPath: PROGRAM, execArgv: [...POLICY, process.execPath, ...v8Flags] };
}
