import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf, reasonOf, UserError } from '../kernel/errors.js';
import { runRecordSchema, SCHEMA_VERSION, type RunRecord } from '../model/results/run-record.js';
import { readJson } from './read-json.js';

const RESULTS = 'results.json';

/**
 * The results directories that a path means: itself, or those directly below it, by name. A path that leads nowhere is
 * taken for one, so that reading it says why it is none.
 */
export async function runFoldersAt(path: string): Promise<string[]> {
  const folder = resolve(path);
  if (basename(folder) === RESULTS) return [dirname(folder)];
  const names = await namesIn(folder);
  if (names === undefined || names.includes(RESULTS)) return [folder];
  const below = await Promise.all(
    names.sort().map(async (name) => {
      const inner = join(folder, name);
      return (await namesIn(inner))?.includes(RESULTS) === true ? [inner] : [];
    }),
  );
  const found = below.flat();
  return found.length === 0 ? [folder] : found;
}

async function namesIn(folder: string): Promise<string[] | undefined> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) return undefined;
  return readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'EACCES') return undefined;
    throw error;
  });
}

/**
 * What results.json of a run says, without the files of its cells: many runs are read in the time of a few. Throws
 * `UserError` where there is none that can be read.
 */
export async function readRunRecord(folder: string): Promise<RunRecord> {
  const found = await stat(folder).catch((error: unknown) => {
    throw new UserError(
      'usage',
      codeOf(error) === 'ENOENT' ? 'it does not exist' : `it cannot be read (${reasonOf(error)})`,
    );
  });
  if (!found.isDirectory()) throw new UserError('usage', 'it is a file, no results directory');
  const results = await readJson(join(folder, RESULTS), runRecordSchema);
  switch (results.kind) {
    case 'read':
      return results.value;
    case 'missing':
      throw new UserError('usage', `it has no ${RESULTS}`);
    case 'damaged':
      throw new UserError('usage', `its ${RESULTS} is damaged (${results.why})`);
    case 'newer':
      throw new UserError(
        'usage',
        `a newer bench wrote it (schema version ${results.schemaVersion}, and this one reads ${SCHEMA_VERSION})`,
      );
  }
}
