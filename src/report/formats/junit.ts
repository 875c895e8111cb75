import { formatFigure } from '../../kernel/format.js';
import { escapeXml, oneLine } from '../../kernel/text.js';
import { figuresIn } from '../../model/figures/index.js';
import { keepsUp } from '../../model/results/keeps-up.js';
import type { OutputFile, Report, ReportCell } from '../../model/report/report.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { keepsUpWords } from '../keeps-up-words.js';
import { outcomeLines } from '../objective-words.js';
import { noSuccessSentence } from '../no-success-words.js';
import { cellGroups, type CellGroup } from './cell-groups.js';
import { environmentLines } from './environment-lines.js';

/**
 * JUnit XML as Ant and Jenkins read it: a suite for all cells of one load, a case for each cell. INVALID
 * is an error, as nothing was measured; SUSPECT passes, and the suite's output says why it is suspect.
 */
export function renderJunit(report: Report): OutputFile[] {
  const groups = cellGroups(report.cells);
  const suites = groups.map((group, at) => suiteOfCells(report, group, at));
  const ended = [...suiteOfRun(report, groups.length), ...suiteOfObjectives(report, groups.length + 1)];
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...suites,
    ...ended,
    '</testsuites>',
  ];
  return [{ name: 'junit.xml', text: `${text.join('\n')}\n` }];
}

interface Suite {
  readonly id: number;
  readonly name: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly cases: readonly Case[];
  readonly properties: readonly (readonly [name: string, value: string])[];
  readonly output: readonly string[];
}

interface Case {
  readonly className: string;
  readonly name: string;
  readonly durationMs: number;
  /** `null` = passed. */
  readonly error: { readonly type: string; readonly message: string; readonly text: string } | null;
  /** Of an objective; it has no error beside it. */
  readonly failure?: string | null;
  /** Why it was not judged. */
  readonly skipped?: string | null;
}

function suiteOfCells(report: Report, { title, slug, cells }: CellGroup, id: number): string {
  const records = cells.map(({ record }) => record);
  const [{ workers, case: limits, repeat, startedAt }] = records as [CellRecord];
  return drawSuite(report, {
    id,
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
  });
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
function suiteOfObjectives(report: Report, id: number): string[] {
  const cases = outcomeLines(report).map(({ objective, place, state, words }): Case => ({
    className: 'bench.objectives',
    name: oneLine(`${objective}: ${place}`),
    durationMs: 0,
    error: null,
    failure: state === 'failed' ? oneLine(words) : null,
    skipped: state === 'undecided' || state === 'invalid' ? oneLine(words) : null,
  }));
  if (cases.length === 0) return [];
  const startedAt = report.run?.startedAt ?? report.cells[0]?.record.startedAt ?? '1970-01-01T00:00:00.000Z';
  const about = { id, name: 'objectives', startedAt, durationMs: 0, properties: [], output: [] };
  return [drawSuite(report, { ...about, cases })];
}

/** A run that did not come to its end, or in which nothing succeeded, must not look like one in which all passed. */
function suiteOfRun(report: Report, id: number): string[] {
  const error = errorOfRun(report);
  if (error === null) return [];
  const suite: Suite = {
    id,
    name: 'run',
    startedAt: report.run?.startedAt ?? report.cells[0]?.record.startedAt ?? '1970-01-01T00:00:00.000Z',
    durationMs: 0,
    cases: [{ className: 'bench', name: 'run', durationMs: 0, error }],
    properties: environmentLines(report),
    output: [],
  };
  return [drawSuite(report, suite)];
}

function errorOfRun(report: Report): Case['error'] {
  const { run, remarks } = report;
  const state = run === null ? 'damaged' : run.status;
  if (state !== 'complete') {
    const text = remarks.map(oneLine).join('\n');
    return { type: `run-${state}`, message: oneLine(remarks[0] ?? `the run is ${state}`), text };
  }
  const message = noSuccessSentence(report);
  return message === undefined ? null : { type: 'no-success', message, text: message };
}

function drawSuite(report: Report, suite: Suite): string {
  const errors = suite.cases.filter(({ error }) => error !== null).length;
  const attributes = {
    id: String(suite.id),
    package: 'openapi-bench',
    name: suite.name,
    // The schema takes no time zone: UTC.
    timestamp: suite.startedAt.slice(0, 19),
    hostname: oneLine(report.run?.owner.host ?? '') || 'localhost',
    tests: String(suite.cases.length),
    failures: String(suite.cases.filter(({ failure = null }) => failure !== null).length),
    errors: String(errors),
    time: seconds(suite.durationMs),
  };
  const properties = suite.properties.map(
    ([name, value]) => `      <property${attributesText({ name, value })}/>`,
  );
  return [
    `  <testsuite${attributesText(attributes)}>`,
    '    <properties>',
    ...properties,
    '    </properties>',
    ...suite.cases.map(drawCase),
    `    <system-out>${escapeXml(suite.output.join('\n'))}</system-out>`,
    '    <system-err></system-err>',
    '  </testsuite>',
  ].join('\n');
}

function drawCase({ className, name, durationMs, error, failure = null, skipped = null }: Case): string {
  const start = `    <testcase${attributesText({ classname: className, name, time: seconds(durationMs) })}`;
  if (failure !== null)
    return `${start}>\n      <failure${attributesText({ type: 'objective', message: failure })}></failure>\n    </testcase>`;
  if (skipped !== null)
    return `${start}>\n      <skipped${attributesText({ message: skipped })}></skipped>\n    </testcase>`;
  if (error === null) return `${start}/>`;
  const { type, message, text } = error;
  return `${start}>\n      <error${attributesText({ type, message })}>${escapeXml(text)}</error>\n    </testcase>`;
}

function attributesText(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('');
}

function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3);
}
