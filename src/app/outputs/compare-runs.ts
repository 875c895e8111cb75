import { analyzeRun } from '../../analyze/analyze-run.js';
import { compareReports, type CompareOptions } from '../../analyze/compare/compare-reports.js';
import { gatherRuns } from '../../analyze/compare/gather-runs.js';
import { UserError } from '../../kernel/errors.js';
import type { Comparison } from '../../model/results/comparison.js';
import type { Report } from '../../model/report/report.js';
import { findRuns } from '../../store/find-runs.js';
import type { ReadDepth } from '../../store/read-run.js';
import { recallNoiseFloor } from '../../store/noise-store.js';
import { readReport } from './read-report.js';

export interface ComparedRuns {
  /** The run of a side, or all its runs as one. */
  readonly base: Report;
  readonly candidate: Report;
  readonly comparison: Comparison;
}

export interface ComparedFor extends Omit<CompareOptions, 'noiseFloor'> {
  /** Whether its page is drawn [true]: else what only charts show is not read. */
  readonly isForPage?: boolean;
}

/**
 * Some stored runs beside others, by the noise floor of this machine where there is one. Each word is a results directory, a
 * folder of them or a pattern (`findRuns`). Throws `UserError` with what is wrong with all of them, and where a run is on
 * both sides, unless both are the same.
 */
export async function compareSets(
  baseFolders: readonly string[],
  candidateFolders: readonly string[],
  { isForPage = true, ...options }: ComparedFor = {},
): Promise<ComparedRuns> {
  const folders = { base: await foundIn(baseFolders), candidate: await foundIn(candidateFolders) };
  refuseOverlap(folders.base, folders.candidate);
  const [base, candidate] = await readSides(folders.base, folders.candidate, isForPage ? 'charts' : 'figures');
  const noiseFloor = (await recallNoiseFloor()) ?? null;
  return {
    base: asOne(base),
    candidate: asOne(candidate),
    comparison: compareReports(base, candidate, { ...options, noiseFloor }),
  };
}

async function readSides(
  baseFolders: readonly string[],
  candidateFolders: readonly string[],
  depth: ReadDepth,
): Promise<[Report[], Report[]]> {
  const folders = [...baseFolders, ...candidateFolders];
  const reports: Report[] = [];
  const errors: unknown[] = [];
  // One after the other: a run of a thousand cells takes much memory while it is read.
  for (const folder of folders) {
    try {
      reports.push(await readReport(folder, undefined, { depth }));
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw together(errors);
  return [reports.slice(0, baseFolders.length), reports.slice(baseFolders.length)];
}

function together(errors: readonly unknown[]): unknown {
  const users: UserError[] = [];
  for (const error of errors) {
    if (!(error instanceof UserError)) return error;
    users.push(error);
  }
  const [first] = users;
  const messages = [...new Set(users.map(({ message }) => message))];
  return first && new UserError(first.fault, messages.join('\n'), first.hint);
}

/** A run on both sides would make them alike; nobody means that, but for comparing something with itself. */
function refuseOverlap(base: readonly string[], candidate: readonly string[]): void {
  const isSame = JSON.stringify([...base].sort()) === JSON.stringify([...candidate].sort());
  const shared = base.filter((folder) => candidate.includes(folder));
  if (isSame || shared.length === 0) return;
  throw new UserError(
    'usage',
    `A run can be on one side only, and this one is on both: ${shared.join(', ')}.`,
    'Name each run once, as in bench compare --base before_1 before_2 --candidate after_1 after_2.',
  );
}

/** Each once: a run that counted twice would look like a repeat. */
async function foundIn(words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const word of words) found.push(...(await findRuns(word)));
  return [...new Set(found)];
}

function asOne(reports: readonly Report[]): Report {
  const [first, ...others] = reports;
  if (first !== undefined && others.length === 0) return first;
  const { report } = gatherRuns(reports);
  return { ...report, analysis: analyzeRun(report) };
}
