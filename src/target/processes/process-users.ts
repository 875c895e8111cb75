import { readProc } from '../../kernel/proc-file.js';

/** Whether any of some processes runs, or was started, as this user. False where there is no /proc. */
export function runsAsUser(pids: readonly number[], userId: number): boolean {
  return pids.some((pid) => {
    // Real, effective, saved and file-system user: a server may drop its rights after opening the socket.
    const [, ids = ''] = /^Uid:\s+(.*)$/m.exec(readProc(`/proc/${pid}/status`) ?? '') ?? [];
    return ids.split(/\s+/).map(Number).includes(userId);
  });
}
