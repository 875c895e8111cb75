import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { codeOf, reasonOf, UserError } from '../kernel/errors.js';
import { jsonText } from '../kernel/text.js';
import { abPlanSchema, type AbPlan } from '../model/results/ab-plan.js';
import { nothingSucceeded } from '../model/results/no-success.js';
import { runRecordSchema } from '../model/results/run-record.js';
import { ownerLives } from './owner-lives.js';
import { readJson } from './read-json.js';
import { RunStore } from './run-store.js';
import { writeOutput } from './write-output.js';

const PLAN = 'ab.json';
const SET_ASIDE = 'set-aside';

/** What became of a run so far. `invalid`: the generator was the limit in a cell of it. */
export type AbRunState = 'missing' | 'finished' | 'invalid' | 'unfinished' | 'unsuccessful';

/** The directory of `bench ab`: its plan, and a results directory for each run. */
export class AbStore {
  private constructor(readonly folder: string) {}

  /** Makes a new one; refuses one that holds something already. */
  static async create(folder: string, plan: AbPlan): Promise<AbStore> {
    const store = await RunStore.create(folder);
    await writeOutput(store.folder, { name: PLAN, text: `${jsonText(plan, 2)}\n` });
    return new AbStore(store.folder);
  }

  /** One that was begun before, with its plan. Throws `UserError`. */
  static async open(path: string): Promise<{ readonly store: AbStore; readonly plan: AbPlan }> {
    const folder = resolve(path);
    return { store: new AbStore(folder), plan: await readPlan(folder) };
  }

  folderOf(run: string): string {
    return join(this.folder, run);
  }

  /** Throws `UserError` where another bench measures it now. */
  async stateOf(run: string): Promise<AbRunState> {
    const folder = this.folderOf(run);
    const read = await readJson(join(folder, 'results.json'), runRecordSchema);
    if (read.kind === 'newer') throw new UserError('usage', `${folder} was written by a newer bench.`);
    if (read.kind !== 'read') return (await exists(folder)) ? 'unfinished' : 'missing';
    const { status, owner, cells } = read.value;
    if (status === 'running' && ownerLives(owner)) throw underWay(folder, owner.pid);
    if (status !== 'complete') return 'unfinished';
    if (nothingSucceeded(cells)) return 'unsuccessful';
    return cells.some(({ verdict }) => verdict.state === 'INVALID') ? 'invalid' : 'finished';
  }

  /** Out of the way of the run that is to take its place; resolves to where it is now. */
  async setAside(run: string, why: AbRunState): Promise<string> {
    const folder = join(this.folder, SET_ASIDE);
    await mkdir(folder, { recursive: true });
    const taken = await readdir(folder);
    const name = `${run}-${why}`;
    let free = name;
    for (let copy = 2; taken.includes(free); copy += 1) free = `${name}_${copy}`;
    const path = join(folder, free);
    await rename(this.folderOf(run), path);
    return path;
  }

  /** How many runs were set aside as INVALID so far. */
  async replaced(): Promise<number> {
    const names = await readdir(join(this.folder, SET_ASIDE)).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    });
    return names.filter((name) => /-invalid(?:_\d+)?$/.test(name)).length;
  }
}

async function readPlan(folder: string): Promise<AbPlan> {
  const file = join(folder, PLAN);
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const why = codeOf(error) === 'ENOENT' ? `there is no ${PLAN} in it` : `${PLAN}: ${reasonOf(error)}`;
    throw noPlan(folder, why);
  }
  const { data, error } = abPlanSchema.safeParse(content);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw noPlan(folder, `${PLAN}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unexpected'}`);
}

function noPlan(folder: string, why: string): UserError {
  return new UserError(
    'usage',
    `${folder} cannot be resumed: ${why}.`,
    'Name the directory of a bench ab: the one that it printed, or was given with --out.',
  );
}

function underWay(folder: string, pid: number): UserError {
  return new UserError(
    'usage',
    `${folder} is being measured by another bench, process ${pid}.`,
    'Wait for it, or interrupt it and try again.',
  );
}

function exists(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    () => false,
  );
}
