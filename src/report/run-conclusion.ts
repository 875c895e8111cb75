import { tellingText } from './sizing-words.js';
import { plural } from '../kernel/format.js';
import { formatDuration } from '../kernel/units.js';
import type { Analysis } from '../model/report/analysis.js';
import type { Report } from '../model/report/report.js';
import type { CellRecord } from '../model/results/cell-record.js';
import { cellWords } from './grouped-reasons.js';
import { nextStep, type NextStep } from './next-step.js';
import { noSuccessSentence } from './no-success-words.js';
import { objectivesSentence, worstOutcome } from './objective-words.js';
import { shownName } from './shown-text.js';
import { latencyCell } from './table-model.js';
import { reachSentence, trustSentence, worstWords } from './verdict-words.js';

/** What a reader takes away from a run. */
export interface RunConclusion {
  /** In sentences: first what went wrong, then how far the target came, then whether that can be believed. */
  readonly verdict: string;
  /** Something failed: the run, the target, or requests. */
  readonly isFailure: boolean;
  /** The two endpoints that did worst, as `get_item reached 17.0 of 2000/s (0.9 % succeeded)`. */
  readonly worst: readonly string[];
  readonly next: NextStep | null;
}

const MOST_WORST = 2;

export function concludeRun(report: Report): RunConclusion {
  const { reach, findings, objectives } = report.analysis;
  const cells = report.cells.map(({ record }) => record);
  const failed = findings.filter(({ severity }) => severity === 'failure');
  const failures = [...endOfRun(report), ...failed.map(({ message }) => message)];
  const judged = objectivesSentence(objectives);
  const isAllLost = noSuccessSentence(report) !== undefined;
  const believed = isAllLost ? [] : [reachSentence(cells, reach), trustSentence(cells)];
  return {
    verdict: [...failures, judged, ...believed].filter(Boolean).join(' '),
    isFailure: failures.length > 0 || objectives.some((one) => worstOutcome(one)?.state === 'failed'),
    worst: isAllLost ? [] : worstLines(report.analysis, cells).slice(0, MOST_WORST),
    next: nextStep(report),
  };
}

/** First those that were left behind, then the slowest. */
function worstLines({ reach, slowest }: Analysis, cells: readonly CellRecord[]): string[] {
  const behind = new Set(reach.worst.map(({ subject }) => subject.id));
  const sizingOf = tellingText(cells);
  return [
    ...worstWords(reach, cells).map(({ subject, words }) => `${subject} ${words}`),
    ...slowest
      .filter(({ subject }) => !behind.has(subject.id))
      .map((cell) => `${cellWords(cell, sizingOf)}: ${p99Words(cell)}`),
  ];
}

function p99Words({ latencyMs, verdict }: CellRecord): string {
  const { text } = latencyCell(latencyMs.response, 'p99');
  return `p99 ${text} ms${verdict.state === 'VALID' ? '' : ` (${verdict.state})`}`;
}

/** `The run was aborted after 12s of 1m: the last cell failed “p95 < 300ms”.` */
function abortSentence(cell: CellRecord | undefined): string {
  if (cell?.closedEarly === undefined) return 'The run was aborted.';
  const { objective, afterMs, plannedMs } = cell.closedEarly;
  const planned = plannedMs === null ? '' : ` of ${formatDuration(plannedMs)}`;
  const after = formatDuration(Math.round(afterMs / 100) * 100);
  return `The run was aborted after ${after}${planned}: the last cell failed “${shownName(objective)}”.`;
}

function endOfRun({ run, cells }: Report): string[] {
  const count = plural(cells.length, 'cell');
  switch (run?.status) {
    case 'failed':
      return [`The run failed after ${count}.`];
    case 'interrupted':
      return [`The run was interrupted after ${count}.`];
    case 'running':
      return [`The run is not over: it has measured ${count}.`];
    case 'aborted':
      return [abortSentence(cells.at(-1)?.record)];
    case 'complete':
    case undefined:
      return [];
  }
}
