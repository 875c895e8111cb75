import { oneLine } from '../../kernel/text.js';
import { shownName, shownText } from '../shown-text.js';
import type { OutputFile, Report } from '../../model/report/report.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { noSuccessSentence } from '../no-success-words.js';
import { failedLines } from '../objective-words.js';
import { titleOf } from '../table-model.js';
import { markdownOf } from './markdown.js';

/** GitHub takes 1 MiB for each step. */
const SUMMARY_BYTES = 1024 * 1024;

/** The job summary, for where GitHub's own file is not named. */
export function renderGithub(report: Report): OutputFile[] {
  return [{ name: 'github-summary.md', text: markdownOf(report, SUMMARY_BYTES) }];
}

type Level = 'error' | 'warning';

interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
}

/** Workflow commands that mark INVALID and SUSPECT cells, each a line. */
export function githubAnnotations(report: Report): string[] {
  const isRepeated = report.cells.some(({ record }) => record.repeat > 1);
  const all = [
    ...ofRun(report),
    ...ofNoSuccess(report),
    ...ofObjectives(report),
    ...report.cells.flatMap(({ record }) => ofCell(record, isRepeated)),
  ];
  return (['error', 'warning'] as const).flatMap((level) =>
    shown(all.filter((annotation) => annotation.level === level)).map(drawn),
  );
}

function ofRun({ run, remarks }: Report): Annotation[] {
  if (run?.status === 'complete') return [];
  const message = remarks.join(' ');
  return [{ level: 'error', title: `bench: the run is ${run === null ? 'damaged' : run.status}`, message }];
}

function ofNoSuccess(report: Report): Annotation[] {
  const message = noSuccessSentence(report);
  return message === undefined ? [] : [{ level: 'error', title: 'bench: no request succeeded', message }];
}

function ofObjectives(report: Report): Annotation[] {
  return failedLines(report).map(({ objective, words, place }) => ({
    level: 'error',
    title: `FAILED: ${objective}`,
    message: `${words} (${place})`,
  }));
}

function ofCell(cell: CellRecord, isRepeated: boolean): Annotation[] {
  const { state, reasons } = cell.verdict;
  if (state === 'VALID') return [];
  const message = reasons.map((reason) => shownText(reason.message)).join('; ');
  const title = `${state}: ${shownName(cell.subject.id)} at ${titleOf(cell, isRepeated)}`;
  return [{ level: state === 'INVALID' ? 'error' : 'warning', title, message }];
}

/** GitHub shows so many of a kind for each step. */
const MOST_SHOWN = 10;

function shown(annotations: readonly Annotation[]): Annotation[] {
  if (annotations.length <= MOST_SHOWN) return [...annotations];
  const kept = annotations.slice(0, MOST_SHOWN - 1);
  const rest = annotations.slice(MOST_SHOWN - 1);
  const level = rest[0]?.level ?? 'warning';
  const message = rest.map(({ title }) => title).join('; ');
  return [...kept, { level, title: `bench: ${rest.length} more`, message }];
}

function drawn({ level, title, message }: Annotation): string {
  return `::${level} title=${property(title)}::${data(message)}`;
}

/** As the runner takes them back: https://github.com/actions/toolkit, packages/core/src/command.ts. */
function data(text: string): string {
  return oneLine(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
