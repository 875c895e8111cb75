import { accessSync, constants, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { plainEnv, runTool } from './run-tool.js';
import type { Wanted } from './service.js';

type Found = { readonly folder: string; readonly version: string } | { readonly problem: string };

/** The first folder whose programs are new enough, or what is wrong with those found; undefined = none were found. */
export async function findInstalled({
  programs,
  places,
  version,
  least,
}: Wanted): Promise<Found | undefined> {
  const old: string[] = [];
  for (const folder of foldersWith(programs, places, process.env['PATH'] ?? '')) {
    const words = [join(folder, programs[0] ?? ''), '--version'];
    const said = await runTool({ words, user: null, folder, env: plainEnv() });
    const found = version.exec(said)?.[1] ?? 'an unknown version';
    if (parseFloat(found) >= least) return { folder, version: found };
    old.push(`${found} in ${folder}`);
  }
  if (old.length === 0) return undefined;
  return { problem: `version ${least} or later is needed, and there is ${old.join(' and ')}` };
}

/**
 * Folders that hold all of these programs: first those on the PATH, links followed, then `places`, in which one `*` stands for a
 * part of a name, the latest version first.
 */
export function foldersWith(programs: readonly string[], places: readonly string[], path: string): string[] {
  const [first = ''] = programs;
  const onPath = path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => realFolder(join(folder, first)));
  const folders = [...new Set([...onPath, ...places.flatMap(expanded)])];
  return folders.filter((folder) => programs.every((program) => isExecutable(join(folder, program))));
}

/** Debian has some of the programs on the PATH as links to where they all are. */
function realFolder(file: string): string[] {
  if (!isExecutable(file)) return [];
  return [...new Set([dirname(file), dirname(realpathSync(file))])];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // it is not there, or not for this user
  }
}

function expanded(place: string): string[] {
  const [, parent, prefix, suffix, rest] = /^(.*)\/([^/*]*)\*([^/*]*)((?:\/.*)?)$/.exec(place) ?? [];
  if (parent === undefined || prefix === undefined || suffix === undefined) return [place];
  return namesIn(parent)
    .filter((name) => name.startsWith(prefix) && name.endsWith(suffix))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((name) => join(parent, name, rest ?? ''));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // this system has no such folder
  }
}
