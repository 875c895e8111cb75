import { readFileSync } from 'node:fs';
import type { SystemUser } from './service.js';

/** Of the names, the first user that this system has; null where it has none, or does not keep them in a file. */
export function systemUser(names: readonly string[], file = '/etc/passwd'): SystemUser | null {
  const lines = usersIn(file).map((line) => line.split(':'));
  for (const wanted of names) {
    const [name, , uid, gid] = lines.find(([one]) => one === wanted) ?? [];
    // One that is root by another name would not do.
    if (name !== undefined && Number(uid) > 0) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return null;
}

function usersIn(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return []; // as on systems that keep them in a directory service
  }
}
