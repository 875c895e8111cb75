// A lock between processes: a directory with one file in it, which is named for its owner.
// It is made whole beside its place and moved there, which works only where nothing or an empty
// directory is. A dead owner's file is removed by its own name, so that a lock that somebody else
// has taken meanwhile cannot be hit.

import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;
const HEARTBEAT_MS = 1000;
// A pid can be taken by an unrelated process, above all in containers: a living owner also beats.
const SILENT_POLLS = 300;

/**
 * @param {string} lockDir
 * @param {{ signal: AbortSignal, say: (line: string) => void }} context
 * @param {() => Promise<void>} work
 */
export async function withLock(lockDir, context, work) {
  const owner = `${process.pid}-${randomUUID()}`;
  await acquire(lockDir, owner, context);
  const heartbeat = setInterval(() => beat(join(lockDir, owner)), HEARTBEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(heartbeat);
    remove(lockDir, owner);
  }
}

/**
 * @param {string} lockDir
 * @param {string} owner
 * @param {{ signal: AbortSignal, say: (line: string) => void }} context
 */
async function acquire(lockDir, owner, { signal, say }) {
  let seen = { owner: '', beatMs: 0, polls: 0 };
  for (;;) {
    const holder = readHolder(lockDir);
    if (holder === undefined) {
      if (tryAcquire(lockDir, owner)) return;
      continue;
    }
    const silent = holder.owner === seen.owner && holder.beatMs === seen.beatMs;
    const polls = silent ? seen.polls + 1 : 0;
    if (!isAlive(pidOf(holder.owner)) || polls > SILENT_POLLS) {
      remove(lockDir, holder.owner);
      continue;
    }
    if (holder.owner !== seen.owner)
      say(`waiting for process ${pidOf(holder.owner)}, which is making the same environment`);
    seen = { ...holder, polls };
    await sleep(POLL_MS, undefined, { signal });
  }
}

/**
 * @param {string} lockDir
 * @param {string} owner
 */
function tryAcquire(lockDir, owner) {
  const draftDir = `${lockDir}.${owner}`;
  mkdirSync(draftDir);
  try {
    writeFileSync(join(draftDir, owner), '');
    renameSync(draftDir, lockDir);
    return true;
  } catch (error) {
    rmSync(draftDir, { recursive: true, force: true });
    // What stands in the way is called differently by Linux and Windows.
    const code = /** @type {NodeJS.ErrnoException} */ (error).code ?? '';
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || (code === 'EPERM' && process.platform === 'win32'))
      return false;
    throw error;
  }
}

/** @param {string} lockDir */
function readHolder(lockDir) {
  return ignoring(['ENOENT'], () => {
    const owner = readdirSync(lockDir)[0];
    return owner === undefined ? undefined : { owner, beatMs: statSync(join(lockDir, owner)).mtimeMs };
  });
}

/**
 * @param {string} lockDir
 * @param {string} owner
 */
function remove(lockDir, owner) {
  ignoring(['ENOENT'], () => unlinkSync(join(lockDir, owner)));
  ignoring(['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EPERM'], () => rmdirSync(lockDir));
}

/** @param {string} ownerFile */
function beat(ownerFile) {
  const now = new Date();
  ignoring(['ENOENT'], () => utimesSync(ownerFile, now, now));
}

/** @param {string} owner */
function pidOf(owner) {
  return Number.parseInt(owner, 10);
}

/** @param {number} pid */
function isAlive(pid) {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * @template T
 * @param {string[]} codes
 * @param {() => T} action
 * @returns {T | undefined}
 */
function ignoring(codes, action) {
  try {
    return action();
  } catch (error) {
    if (codes.includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? '')) return undefined;
    throw error;
  }
}
