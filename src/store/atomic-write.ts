import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { safeFileName } from '../kernel/text.js';
import { ownerLives } from './owner-lives.js';

/** Writes a file whole or not at all: readers never see half of it. A link in its place is replaced, not followed. */
export async function writeAtomically(file: string, text: string): Promise<void> {
  // A fresh name each time, so that no link can lie in wait there.
  const draft = join(dirname(file), `${draftsOfHere()}${process.pid}-${randomUUID()}.part`);
  try {
    await writeFile(draft, text, { flag: 'wx', flush: true });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Removes the drafts of processes that were killed while they wrote into this folder. */
export async function removeStaleDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = writerOf(name);
    if (pid !== undefined && !ownerLives({ pid, host: hostname() }))
      await rm(join(folder, name), { force: true });
  }
}

/** How the names of drafts begin on this machine: a folder may be shared with others, whose processes are not known here. */
function draftsOfHere(): string {
  return `.bench-${safeFileName(hostname())}-`;
}

/** The process that writes a draft; undefined for any other file. */
function writerOf(name: string): number | undefined {
  if (!name.startsWith(draftsOfHere())) return undefined;
  const [, pid] = /^(\d+)-[0-9a-f-]{36}\.part$/.exec(name.slice(draftsOfHere().length)) ?? [];
  return pid === undefined ? undefined : Number(pid);
}
