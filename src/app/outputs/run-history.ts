import { basename } from 'node:path';
import { findHistory, type HistoryOptions, type RunWithCells } from '../../analyze/history/find-history.js';
import { judgeAgain } from '../../analyze/judge-again.js';
import { sleep, systemClock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import type { History } from '../../model/results/history.js';
import { readRunRecord, runFoldersAt } from '../../store/read-run-record.js';

const HINT = 'Name results directories of bench run, or a folder with several of them, such as .tmp.';

/**
 * The history of the runs at some paths, by the rules of today; what cannot be read is left out and named. Throws
 * `UserError` where that leaves nothing.
 */
export async function runHistory(paths: readonly string[], options: HistoryOptions): Promise<History> {
  const folders = new Set((await Promise.all(paths.map(runFoldersAt))).flat());
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
  if (runs.length === 0) throw new UserError('usage', nothingIn(leftOut), HINT);
  runs.sort((a, b) => Date.parse(a.run.startedAt) - Date.parse(b.run.startedAt));
  return findHistory(runs, leftOut, options);
}

async function readOne(folder: string): Promise<RunWithCells> {
  const { cells, ...run } = await readRunRecord(folder);
  if (cells.length === 0) throw new UserError('usage', 'no cell of it was finished');
  return { name: basename(folder), folder, run, cells: judgeAgain(cells, run).cells };
}

function nothingIn(leftOut: History['leftOut']): string {
  return ['There is no run to look at:', ...leftOut.map(({ folder, why }) => `  ${folder}: ${why}`)].join(
    '\n',
  );
}
