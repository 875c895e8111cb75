import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { z } from 'zod';
import { sleep, systemClock } from '../kernel/clock.js';
import { codeOf, reasonOf, UserError } from '../kernel/errors.js';
import { plural } from '../kernel/format.js';
import type { CellRecord } from '../model/results/cell-record.js';
import {
  cellFileSchema,
  cellSpreadSchema,
  sampleFileSchema,
  runRecordSchema,
  SCHEMA_VERSION,
  type CellFile,
  type CellSpread,
  type SampleFile,
  type RunRecord,
} from '../model/results/run-record.js';
import { ownerLives } from './owner-lives.js';
import { readJson, type ReadResult } from './read-json.js';

/** A cell as results.json has it, with what only its own files hold. */
export interface StoredCell {
  readonly record: CellRecord;
  /** `undefined` when it could not be read. */
  readonly file: CellSpread | undefined;
  readonly samples: SampleFile | undefined;
}

/** A results directory as it was found. */
export interface StoredRun {
  readonly folder: string;
  /** `null` when results.json could not be read. */
  readonly run: Omit<RunRecord, 'cells'> | null;
  readonly cells: readonly StoredCell[];
  /** What is wrong with the directory, in sentences. */
  readonly remarks: readonly string[];
}

const RESULTS = 'results.json';

/** How much of a run is read: what results.json holds (`figures`), or all that the files of its cells hold (`charts`). */
export type ReadDepth = 'figures' | 'charts';

/**
 * Reads a results directory, however much of it is left: what a run under way, an interrupt or a damaged
 * file takes away is named in the remarks. Throws `UserError` when no cell and no run can be read.
 */
export async function readRun(path: string, depth: ReadDepth = 'charts'): Promise<StoredRun> {
  const { folder, names } = await findFolder(resolve(path));
  const results = readJson(join(folder, RESULTS), runRecordSchema);
  refuseNewer(folder, results);
  const ids = names
    .filter((name) => name.endsWith('.json') && name !== RESULTS && !name.endsWith('_cpu.json'))
    .map((name) => name.slice(0, -'.json'.length));
  const run = results.kind === 'read' ? results.value : null;
  const listed = new Set(run?.cells.map(({ id }) => id));
  const known = await readCells(
    folder,
    depth === 'figures' ? [] : ids.filter((id) => listed.has(id)),
    cellSpreadSchema,
    depth,
  );
  const unlisted = await readCells(
    folder,
    ids.filter((id) => !listed.has(id)),
    cellFileSchema,
    depth,
  );
  const files: CellFiles = new Map([...known, ...unlisted]);
  const remarks = [...remarksOnRun(results), ...remarksOnFiles(files, missingOf(run, new Set(ids)))];
  const cells = [...(run?.cells ?? []), ...recordsOf(unlisted)].map((record) => storedCell(record, files));
  if (run === null && cells.length === 0) refuse(folder, results);
  if (run === null) return { folder, run, cells, remarks };
  return { folder, run: { ...withoutCells(run), status: statusOf(run) }, cells, remarks };
}

function withoutCells({ cells: _cells, ...run }: RunRecord): Omit<RunRecord, 'cells'> {
  return run;
}

/** The directory of the newest run below a folder, by its name, which begins with its date. */
export async function newestRun(parent: string): Promise<string> {
  const names = await readdir(parent).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw error;
  });
  const newest = names
    .filter((name) => name.startsWith('bench_'))
    .sort()
    .at(-1);
  if (newest !== undefined) return join(parent, newest);
  throw new UserError(
    'usage',
    `There is no run in ${resolve(parent)}.`,
    'Run bench run first, or name a results directory.',
  );
}

interface Folder {
  readonly folder: string;
  readonly names: readonly string[];
}

async function findFolder(path: string): Promise<Folder> {
  const found = await stat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw new UserError('usage', `${path} cannot be read: ${reasonOf(error)}.`, NAME_ONE, { cause: error });
  });
  if (found === undefined) throw new UserError('usage', `There is no results directory ${path}.`, NAME_ONE);
  // A user who names the file means its directory.
  if (found.isFile() && basename(path) === RESULTS) return findFolder(dirname(path));
  if (!found.isDirectory())
    throw new UserError('usage', `${path} is a file, no results directory.`, NAME_ONE);
  return { folder: path, names: (await readdir(path)).sort() };
}

const NAME_ONE = 'Name a directory that bench run has written, such as .tmp/bench_20260115_120000.';

function refuseNewer(folder: string, results: ReadResult<RunRecord>): void {
  if (results.kind !== 'newer') return;
  throw new UserError(
    'usage',
    `${join(folder, RESULTS)} was written by a newer bench: schema version ${results.schemaVersion}, and this one reads ${SCHEMA_VERSION}.`,
    'Update openapi-bench, or read it with the version that wrote it.',
  );
}

function refuse(folder: string, results: ReadResult<RunRecord>): never {
  const why =
    results.kind === 'damaged' ? `its ${RESULTS} is damaged (${results.why})` : `it has no ${RESULTS}`;
  throw new UserError('usage', `${folder} holds no results: ${why}, and no cell can be read.`, NAME_ONE);
}

interface CellParts<File extends CellSpread = CellSpread> {
  readonly file: ReadResult<File>;
  readonly samples: ReadResult<SampleFile>;
}

const CELLS_AT_A_TIME = 50;

/** By the id of their cell. */
type CellFiles<File extends CellSpread = CellSpread> = ReadonlyMap<string, CellParts<File>>;

async function readCells<File extends CellSpread>(
  folder: string,
  ids: readonly string[],
  schema: z.ZodType<File>,
  depth: ReadDepth,
): Promise<CellFiles<File>> {
  const files = new Map<string, CellParts<File>>();
  for (const [at, id] of ids.entries()) {
    // A signal must be heard in between.
    if (at % CELLS_AT_A_TIME === 0) await sleep(systemClock, 0);
    const file = readJson(join(folder, `${id}.json`), schema);
    const samples =
      depth === 'charts'
        ? readJson(join(folder, `${id}_cpu.json`), sampleFileSchema)
        : ({ kind: 'missing' } as const);
    files.set(id, { file, samples });
  }
  return files;
}

/** Cells that have left a file, and are not in results.json: it is complete only at the end of a run. */
function recordsOf(files: CellFiles<CellFile>): CellRecord[] {
  return [...files.values()]
    .flatMap(({ file }) => (file.kind === 'read' ? [recordOf(file.value)] : []))
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}

function storedCell(record: CellRecord, files: CellFiles): StoredCell {
  const parts = files.get(record.id);
  return { record, file: valueOf(parts?.file), samples: valueOf(parts?.samples) };
}

function recordOf({ schemaVersion: _version, ...cell }: CellFile): CellRecord {
  return { ...cell, series: cell.series.map(({ buckets: _buckets, ...second }) => second) };
}

function valueOf<T>(result: ReadResult<T> | undefined): T | undefined {
  return result?.kind === 'read' ? result.value : undefined;
}

/** A run whose owner is gone was interrupted, whatever its file still says. */
function statusOf(run: RunRecord): RunRecord['status'] {
  return run.status === 'running' && !ownerLives(run.owner) ? 'interrupted' : run.status;
}

function remarksOnRun(results: ReadResult<RunRecord>): string[] {
  switch (results.kind) {
    case 'missing':
      return [`${RESULTS} is missing: these are the cells whose own files are there.`];
    case 'damaged':
      return [`${RESULTS} is damaged (${results.why}): these are the cells whose own files could be read.`];
    case 'newer':
      return [];
    case 'read':
      return remarksOnStatus(results.value);
  }
}

function remarksOnStatus(run: RunRecord): string[] {
  switch (statusOf(run)) {
    case 'running':
      return ['The run is still under way: these are the cells finished so far.'];
    case 'interrupted':
      return ['The run was interrupted: these are the cells finished before.'];
    case 'failed':
      return [`The run failed: ${run.failure ?? 'for a reason that was not stored'}`];
    case 'aborted':
    case 'complete':
      return [];
  }
}

function missingOf(run: RunRecord | null, there: ReadonlySet<string>): string[] {
  return (run?.cells ?? []).map(({ id }) => id).filter((id) => !there.has(id));
}

function remarksOnFiles(files: CellFiles, missing: readonly string[]): string[] {
  const broken = [...files].flatMap(([id, { file, samples }]) => [
    ...flaw(`${id}.json`, file),
    ...(samples.kind === 'missing' ? [] : flaw(`${id}_cpu.json`, samples)),
  ]);
  const gone =
    missing.length === 0
      ? []
      : [`The files of ${plural(missing.length, 'cell')} are missing: ${named(missing)}.`];
  return [...gone, ...broken.slice(0, MOST_NAMED), ...rest(broken.length - MOST_NAMED)];
}

const MOST_NAMED = 5;

function named(ids: readonly string[]): string {
  const first = ids.slice(0, MOST_NAMED).join(', ');
  return ids.length <= MOST_NAMED ? first : `${first} and ${ids.length - MOST_NAMED} more`;
}

function rest(count: number): string[] {
  return count <= 0 ? [] : [`${plural(count, 'more file')} cannot be read.`];
}

function flaw(name: string, result: ReadResult<unknown>): string[] {
  switch (result.kind) {
    case 'damaged':
      return [`${name} is damaged (${result.why}): it is left out.`];
    case 'newer':
      return [
        `${name} was written by a newer bench (schema version ${result.schemaVersion}): it is left out.`,
      ];
    case 'missing':
    case 'read':
      return [];
  }
}
