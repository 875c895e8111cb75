import { formatFigure } from '../../kernel/format.js';
import { oneLine } from '../../kernel/text.js';
import { figuresIn } from '../../model/figures/index.js';
import { keepsUp } from '../../model/results/keeps-up.js';
import type { OutputFile, Report, ReportCell } from '../../model/report/report.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { keepsUpWords } from '../keeps-up-words.js';
import { outcomeLines } from '../objective-words.js';
import { noSuccessSentence } from '../no-success-words.js';
import { cellGroups, type CellGroup } from './cell-groups.js';
import { environmentLines } from './environment-lines.js';
import { junitText, type Case, type Complaint, type Suite } from './junit-xml.js';

/**
 * JUnit XML as Ant and Jenkins read it: a suite for all cells of one load, a case for each cell. INVALID
 * is an error, as nothing was measured; SUSPECT passes, and the suite's output says why it is suspect.
 */
export function renderJunit(report: Report): OutputFile[] {
  const groups = cellGroups(report.cells);
  const suites = groups.map((group, at) => suiteOfCells(report, group, at));
  const ended = [...suiteOfRun(report, groups.length), ...suiteOfObjectives(report, groups.length + 1)];
  return [{ name: 'junit.xml', text: junitText([...suites, ...ended]) }];
}

function suiteOfCells(report: Report, { title, slug, cells }: CellGroup, id: number): Suite {
  const records = cells.map(({ record }) => record);
  const [{ workers, case: limits, repeat, startedAt }] = records as [CellRecord];
  return {
    id,
    host: hostOf(report),
    name: title,
    startedAt,
    durationMs: records.reduce((sum, { window }) => sum + window.durationMs, 0),
    cases: records.map((record) => caseOf(record, `bench.${slug}`)),
    properties: [
      ['load', title],
      ['workers', String(workers)],
      ...(limits === undefined ? [] : [['case', oneLine(limits.name)] as const]),
      ['repeat', String(repeat)],
      ...environmentLines(report),
    ],
    output: cells.flatMap(outputLines),
  };
}

function caseOf({ subject, window, verdict }: CellRecord, className: string): Case {
  const { reasons } = verdict;
  const error = {
    type: oneLine(reasons[0]?.id ?? 'invalid'),
    message: reasons.map(({ message }) => oneLine(message)).join('; '),
    text: reasons
      .map(({ id, message, remedy }) =>
        oneLine(`${id}: ${message}${remedy === undefined ? '' : ` (${remedy})`}`),
      )
      .join('\n'),
  };
  return {
    className,
    name: oneLine(subject.id),
    durationMs: window.durationMs,
    error: verdict.state === 'INVALID' ? error : null,
  };
}

function outputLines({ record }: ReportCell): string[] {
  const { subject, verdict, achievedRps, successRate, window } = record;
  const named = figuresIn('line').map(({ id, storedOf, unit }) => {
    const figure = storedOf(record);
    return figure === null
      ? `${id} –`
      : `${id} ${figure.isLowerBound ? '≥' : ''}${unit.format(figure.value)} ${unit.symbol}`;
  });
  const kept = keepsUp(record);
  const figures = [
    `${formatFigure(achievedRps)} req/s`,
    ...(kept === true || window.plannedRps === null ? [] : [keepsUpWords(kept)]),
    ...named,
    `success rate ${successRate}`,
  ];
  return [
    oneLine(`${verdict.state} ${subject.id}: ${figures.join(', ')}`),
    ...verdict.reasons.map(({ id, message }) => oneLine(`  ${id}: ${message}`)),
  ];
}

/** A case for each objective in each cell; one that could not be judged is skipped, and says why. */
function suiteOfObjectives(report: Report, id: number): Suite[] {
  const cases = outcomeLines(report).map(({ objective, place, state, words }): Case => ({
    className: 'bench.objectives',
    name: oneLine(`${objective}: ${place}`),
    durationMs: 0,
    failure: state === 'failed' ? { type: 'objective', message: oneLine(words), text: '' } : null,
    skipped: state === 'undecided' || state === 'invalid' ? oneLine(words) : null,
  }));
  if (cases.length === 0) return [];
  const startedAt = report.run?.startedAt ?? report.cells[0]?.record.startedAt ?? '1970-01-01T00:00:00.000Z';
  const host = hostOf(report);
  return [{ id, name: 'objectives', startedAt, host, durationMs: 0, cases, properties: [], output: [] }];
}

/** A run that did not come to its end, or in which nothing succeeded, must not look like one in which all passed. */
function suiteOfRun(report: Report, id: number): Suite[] {
  const error = errorOfRun(report);
  if (error === null) return [];
  const suite: Suite = {
    id,
    name: 'run',
    host: hostOf(report),
    startedAt: report.run?.startedAt ?? report.cells[0]?.record.startedAt ?? '1970-01-01T00:00:00.000Z',
    durationMs: 0,
    cases: [{ className: 'bench', name: 'run', durationMs: 0, error }],
    properties: environmentLines(report),
    output: [],
  };
  return [suite];
}

function hostOf({ run }: Report): string {
  return oneLine(run?.owner.host ?? '');
}

function errorOfRun(report: Report): Complaint | null {
  const { run, remarks } = report;
  const state = run === null ? 'damaged' : run.status;
  if (state !== 'complete') {
    const text = remarks.map(oneLine).join('\n');
    return { type: `run-${state}`, message: oneLine(remarks[0] ?? `the run is ${state}`), text };
  }
  const message = noSuccessSentence(report);
  return message === undefined ? null : { type: 'no-success', message, text: message };
}
