import { readProc } from '../../kernel/proc-file.js';

/** From linux/prctl.h. */
const PR_SET_CHILD_SUBREAPER = 36;
/** From sys/wait.h. */
const WNOHANG = 1;

/** Reaps adopted processes that have ended; `own` are the children that Node reaps itself. */
export type ReapOrphans = (own: readonly number[]) => void;

/**
 * Makes this process the parent of every descendant that loses its own (a "child subreaper"), so that a daemon stays in
 * the family whatever it does to its session and environment. Linux only, through a system call that Node does not offer;
 * where it cannot be made, `MARK_VARIABLE` has to do.
 */
export async function adoptOrphans(): Promise<ReapOrphans> {
  const system = process.platform === 'linux' ? await systemCalls() : undefined;
  if (system?.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) !== 0) return () => {};
  return (own) => {
    for (const pid of childrenOf(process.pid)) if (!own.includes(pid)) system.waitpid(pid, null, WNOHANG);
  };
}

interface SystemCalls {
  prctl(option: number, ...values: [number, number, number, number]): number;
  waitpid(pid: number, status: null, options: number): number;
}

async function systemCalls(): Promise<SystemCalls | undefined> {
  try {
    const { default: koffi } = await import('koffi');
    const library = koffi.load(null);
    return {
      prctl: library.func('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)'),
      waitpid: library.func('int waitpid(int, void *, int)'),
    };
  } catch {
    return undefined; // koffi has no build for this machine
  }
}

function childrenOf(pid: number): number[] {
  return (readProc(`/proc/${pid}/task/${pid}/children`) ?? '').trim().split(' ').map(Number).filter(Boolean);
}
