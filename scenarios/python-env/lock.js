import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './run.js';

const POLL_MS = 200;
const ME = String(process.pid);

/**
 * A lock between processes: a directory with one file in it, named for the holder's pid; empty, it
 * is free. A dead holder's file is removed by its name, which spares whoever has taken the lock since.
 *
 * @param {string} lockDir
 * @param {() => Promise<void>} work
 */
export async function withLock(lockDir, work) {
  let told = '';
  while (!tryLock(lockDir)) {
    for (const holder of readdirSync(lockDir)) {
      if (!isAlive(holder)) rmSync(join(lockDir, holder), { force: true });
      else if (holder !== told) say(`waiting for process ${holder}, which holds ${lockDir}`);
      told = holder;
    }
    await sleep(POLL_MS);
  }
  try {
    await work();
  } finally {
    rmSync(join(lockDir, ME), { force: true });
  }
}

/**
 * Moves a finished lock into place, which works only where nothing or an empty directory is.
 *
 * @param {string} lockDir
 */
function tryLock(lockDir) {
  const draftDir = mkdtempSync(`${lockDir}-`);
  writeFileSync(join(draftDir, ME), '');
  try {
    renameSync(draftDir, lockDir);
    return true;
  } catch {
    rmSync(draftDir, { recursive: true });
    return false;
  }
}

/** @param {string} pid */
function isAlive(pid) {
  if (pid === ME) return false; // left by a process of an earlier container
  try {
    return process.kill(Number(pid), 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'; // another user's
  }
}
