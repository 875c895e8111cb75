import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import type { ServicePlace, Words } from './service.js';
import { plainEnv } from './run-tool.js';

/** Starts a program that is to outlive bench, its output appended to a file; resolves to its process id. */
export async function startDetached(
  [file = '', ...args]: Words,
  { folder, user }: ServicePlace,
  logFile: string,
): Promise<number> {
  const log = await open(logFile, 'a');
  try {
    const child = spawn(file, args, {
      ...{ cwd: folder, env: plainEnv(), detached: true, stdio: ['ignore', log.fd, log.fd] },
      ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
    });
    await once(child, 'spawn');
    child.unref();
    return child.pid ?? 0;
  } finally {
    await log.close();
  }
}
