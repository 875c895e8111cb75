import { plural } from '../kernel/format.js';
import { judgedRunOf } from '../model/results/judged-run.js';
import type { CellRecord } from '../model/results/cell-record.js';
import type { RunRecord } from '../model/results/run-record.js';
import type { Verdict } from '../model/results/verdict.js';
import { judgeCell } from './judge-cell.js';
import { cellRules } from './rules/index.js';

/** What a report needs of a stored run beside its cells; `null` when it could not be read. */
type StoredRun = Pick<RunRecord, 'config' | 'tool'> | null;

export interface JudgedAgain {
  /** With today's verdicts. */
  readonly cells: readonly CellRecord[];
  /** In sentences: what was judged otherwise when it was measured. */
  readonly remarks: readonly string[];
}

/** Stored cells by the rules of today. Without the run's configuration they keep their verdicts, and that is said. */
export function judgeAgain(stored: readonly CellRecord[], run: StoredRun): JudgedAgain {
  const judgedRun = judgedRunOf(run?.config);
  if (run === null || judgedRun === undefined)
    return { cells: stored, remarks: stored.length === 0 ? [] : [NOT_JUDGED] };
  const cells = stored.map((cell) => ({ ...cell, verdict: judgeCell(cell, judgedRun) }));
  const changed = stored.flatMap(({ id, verdict: then }, at) => {
    const now = cells[at]?.verdict ?? then;
    return summaryOf(then) === summaryOf(now) ? [] : [{ id, then, now }];
  });
  return { cells, remarks: changed.length === 0 ? [] : [remarkOn(changed, run.tool.version)] };
}

const NOT_JUDGED =
  "The cells cannot be judged anew without the run's configuration: their verdicts are those of when they were measured.";

interface Changed {
  readonly id: string;
  readonly then: Verdict;
  readonly now: Verdict;
}

/** `SUSPECT few-samples, not-stationary`. */
function summaryOf({ state, reasons }: Verdict): string {
  const ids = [...new Set(reasons.map(({ id }) => id))].sort();
  return [state, ids.join(', ')].join(' ').trim();
}

const MOST_NAMED = 5;

function remarkOn(changed: readonly Changed[], version: string): string {
  const named = changed
    .slice(0, MOST_NAMED)
    .map(({ id, then, now }) => `${id} (${summaryOf(then)}; now ${summaryOf(now)})`);
  const left = changed.length - named.length;
  const were = changed.length === 1 ? 'cell was' : 'cells were';
  const others = left === 0 ? '' : ` and ${plural(left, 'other')}`;
  return (
    `${changed.length} ${were} judged otherwise by openapi-bench ${version}, which measured ` +
    `${changed.length === 1 ? 'it' : 'them'}: ${named.join(', ')}${others}.${goneWords(changed)}`
  );
}

/** Of reasons whose rules are no longer there. */
function goneWords(changed: readonly Changed[]): string {
  const known = new Set(cellRules.map(({ id }) => id));
  const ids = changed.flatMap(({ then }) => then.reasons.map(({ id }) => id));
  const gone = [...new Set(ids.filter((id) => !known.has(id)))].sort();
  if (gone.length === 0) return '';
  const words = gone.length === 1 ? 'is no longer a rule and does' : 'are no longer rules and do';
  return ` ${gone.join(', ')} ${words} not count.`;
}
