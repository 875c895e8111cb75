import { readProc } from '../../kernel/proc-file.js';

/** Whether one of some processes runs as a user, or was started as that user. False where there is no /proc. */
export function runsAsUser(pids: readonly number[], userId: number): boolean {
  return pids.some((pid) => {
    // Real, effective, saved and file-system user: a server may have changed its own after it had opened the socket.
    const [, ids = ''] = /^Uid:\s+(.*)$/m.exec(readProc(`/proc/${pid}/status`) ?? '') ?? [];
    return ids.split(/\s+/).map(Number).includes(userId);
  });
}
