import { basename } from 'node:path';
import { findHistory, type HistoryOptions, type RunWithCells } from '../../analyze/history/find-history.js';
import { judgeAgain } from '../../analyze/judge-again.js';
import { sleep, systemClock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import type { History } from '../../model/results/history.js';
import { findRuns } from '../../store/find-runs.js';
import { readRun } from '../../store/read-run.js';

const HINT =
  'Name results directories of bench run, a folder with several of them, or a pattern such as .tmp/bench_*.';

/**
 * The history of the runs that some words mean (`findRuns`), by the rules of today; what cannot be read is left out and
 * named. Throws `UserError` where that leaves nothing.
 */
export async function runHistory(words: readonly string[], options: HistoryOptions): Promise<History> {
  const folders = new Set<string>();
  for (const word of words) for (const folder of await findRuns(word)) folders.add(folder);
  const runs: RunWithCells[] = [];
  const leftOut: History['leftOut'] = [];
  for (const folder of folders) {
    // Hundreds of runs take a while, in which a signal must be heard.
    await sleep(systemClock, 0);
    try {
      runs.push(await readOne(folder));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      leftOut.push({ folder, why: error.message });
    }
  }
  if (runs.length === 0) throw new UserError('usage', leftOut.map(({ why }) => why).join('\n'), HINT);
  runs.sort((a, b) => Date.parse(a.run.startedAt) - Date.parse(b.run.startedAt));
  return findHistory(runs, leftOut, options);
}

async function readOne(folder: string): Promise<RunWithCells> {
  const { run, cells } = await readRun(folder, 'figures');
  if (run === null)
    throw new UserError(
      'usage',
      `${folder} has no results.json that can be read: when it began is not known.`,
    );
  if (cells.length === 0) throw new UserError('usage', `${folder} holds no cell that was finished.`);
  const stored = cells.map(({ record }) => record);
  return { name: basename(folder), folder, run, cells: judgeAgain(stored, run).cells };
}
