import { formatFigure, percent, plural } from '../kernel/format.js';
import { latencyFigure } from '../model/figures/latency-figures.js';
import { highestRateOf } from '../model/plan-figures.js';
import type { Report } from '../model/report.js';
import type { CellRecord } from '../model/run-record.js';
import { cellWords } from './grouped-reasons.js';
import { nextStep, type NextStep } from './next-step.js';
import { endsOf, noSuccessSentence } from './no-success-words.js';
import { reachOf, reachSentence, trustSentence } from './verdict-words.js';

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
  const cells = report.cells.map(({ record }) => record);
  const failures = failureSentences(report, cells);
  const noSuccess = noSuccessSentence(cells);
  const reach = reachOf(cells);
  const believed = noSuccess === undefined ? [reachSentence(cells, reach), trustSentence(cells)] : [];
  const behind = reach.worst.map(({ endpoint, words }) => ({ endpoint, text: `${endpoint} ${words}` }));
  const slowest = slowestOf(cells).filter(({ endpoint }) => behind.every((one) => one.endpoint !== endpoint));
  return {
    verdict: [...failures, ...believed].join(' '),
    isFailure: failures.length > 0,
    worst:
      noSuccess === undefined ? [...behind, ...slowest].slice(0, MOST_WORST).map(({ text }) => text) : [],
    next: nextStep(report),
  };
}

function failureSentences(report: Report, cells: readonly CellRecord[]): string[] {
  const noSuccess = noSuccessSentence(cells);
  const unsuccessful = noSuccess ?? unsuccessfulSentence(cells);
  const died = cells.filter(({ verdict }) => verdict.reasons.some(({ id }) => id === 'target-died'));
  return [
    ...endOfRun(report),
    ...(died.length === 0 ? [] : [`The target died in ${died.length} of ${plural(cells.length, 'cell')}.`]),
    ...(unsuccessful === undefined ? [] : [unsuccessful]),
  ];
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
    case 'complete':
    case undefined:
      return [];
  }
}

/** Fewer failures than this are no verdict on the run. */
const LEAST_SHARE = 0.001;

/** `13 % of the 270000 requests did not succeed: 35000 × timed out, 12 × status 500.` */
function unsuccessfulSentence(cells: readonly CellRecord[]): string | undefined {
  const planned = cells.reduce((sum, { counts }) => sum + counts.planned, 0);
  const succeeded = cells.reduce((sum, { counts }) => sum + counts.succeeded, 0);
  const share = planned === 0 ? 0 : (planned - succeeded) / planned;
  if (share < LEAST_SHARE) return undefined;
  return `${percent(share)} % of the ${planned} requests did not succeed: ${endsOf(cells).join(', ')}.`;
}

/** Of each endpoint its highest p99, the highest first; those of INVALID cells only where there are no others. */
function slowestOf(cells: readonly CellRecord[]): { endpoint: string; text: string }[] {
  const trusted = cells.filter(({ verdict }) => verdict.state !== 'INVALID');
  const judged = trusted.length > 0 ? trusted : cells;
  const hasWorkers = new Set(cells.map(({ workers }) => workers)).size > 1;
  const sorted = judged
    .map((cell) => ({ cell, p99: latencyFigure(cell.latencyMs.response, 'p99') }))
    .toSorted(
      (a, b) =>
        (b.p99?.value ?? 0) - (a.p99?.value ?? 0) || highestRateOf(b.cell.load) - highestRateOf(a.cell.load),
    );
  const seen = new Set<string>();
  return sorted.flatMap(({ cell, p99 }) => {
    const endpoint = cell.operation.id;
    if (p99 === null || seen.has(endpoint)) return [];
    seen.add(endpoint);
    const figure = `p99 ${p99.isLowerBound ? '≥' : ''}${formatFigure(p99.value)} ms`;
    const doubt = cell.verdict.state === 'VALID' ? '' : ` (${cell.verdict.state})`;
    return { endpoint, text: `${cellWords(cell, hasWorkers)}: ${figure}${doubt}` };
  });
}
