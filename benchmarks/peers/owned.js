import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @type {Set<import('node:child_process').ChildProcess>} */
const owned = new Set();
/** @type {Set<string>} */
const folders = new Set();

/** A child that shall not outlive this process, however it ends. @template {import('node:child_process').ChildProcess} C @param {C} child @returns {C} */
export function own(child) {
  owned.add(child);
  child.once('exit', () => owned.delete(child));
  return child;
}

/** A temporary folder that shall not outlive this process either. */
export function ownFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'peers-'));
  folders.add(folder);
  return folder;
}

/** @param {string} folder */
export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}

export function endOwnedAtExit() {
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  process.once('exit', () => {
    for (const child of owned) child.kill('SIGKILL');
    for (const folder of folders) removeFolder(folder);
  });
}
