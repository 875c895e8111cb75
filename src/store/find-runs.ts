import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf, UserError } from '../kernel/errors.js';

const RESULTS = 'results.json';

/**
 * The results directories that a word means: one itself, all in a folder of them, or all that a pattern with `*` and `?` fits,
 * by their names. A directory without any is returned as it is, so that reading it can say what is wrong. Throws `UserError`
 * for a pattern that fits nothing.
 */
export async function findRuns(word: string): Promise<string[]> {
  const path = resolve(word);
  if (/[*?]/.test(word) && !(await exists(path))) return await fitting(word, path);
  return await runsAt(path);
}

async function runsAt(path: string): Promise<string[]> {
  if (await exists(join(path, RESULTS))) return [path];
  const runs: string[] = [];
  for (const name of await namesIn(path))
    if (await exists(join(path, name, RESULTS))) runs.push(join(path, name));
  return runs.length === 0 ? [path] : runs;
}

async function fitting(word: string, pattern: string): Promise<string[]> {
  const places = await placesFitting(pattern);
  const runs: string[] = [];
  for (const place of places) runs.push(...(await runsAt(place)));
  if (runs.length > 0) return [...new Set(runs)];
  throw new UserError(
    'usage',
    `No directory fits ${word}.`,
    'Name results directories, or a folder of them, or a pattern such as .tmp/before_*.',
  );
}

/** Of each part of the path, `*` stands for any text and `?` for one character. */
async function placesFitting(pattern: string): Promise<string[]> {
  const parent = dirname(pattern);
  if (parent === pattern) return [pattern];
  const name = basename(pattern);
  const parents = await placesFitting(parent);
  const found: string[] = [];
  for (const one of parents) {
    if (!/[*?]/.test(name)) found.push(join(one, name));
    else found.push(...(await namesIn(one)).filter(fits(name)).map((other) => join(one, other)));
  }
  return found;
}

function fits(pattern: string): (name: string) => boolean {
  const literal = pattern.replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&');
  const source = literal.replaceAll('*', '.*').replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 'u');
  return (name) => expression.test(name) && (pattern.startsWith('.') || !name.startsWith('.'));
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw error;
  });
  return names.sort();
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
      throw error;
    },
  );
}
