import { shownName, shownText } from '../shown-text.js';
import type { OutputFile, Report } from '../../model/report/report.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { noSuccessSentence } from '../no-success-words.js';
import { failedLines } from '../objective-words.js';
import { titleOf } from '../table-model.js';
import { annotationLines, type Annotation } from './annotations.js';
import { markdownOf } from './markdown.js';

/** GitHub takes 1 MiB for each step. */
const SUMMARY_BYTES = 1024 * 1024;

/** The job summary, for where GitHub's own file is not named. */
export function renderGithub(report: Report): OutputFile[] {
  return [{ name: 'github-summary.md', text: markdownOf(report, SUMMARY_BYTES) }];
}

/** Workflow commands that mark INVALID and SUSPECT cells, each a line. */
export function githubAnnotations(report: Report): string[] {
  const isRepeated = report.cells.some(({ record }) => record.repeat > 1);
  return annotationLines([
    ...ofRun(report),
    ...ofNoSuccess(report),
    ...ofObjectives(report),
    ...report.cells.flatMap(({ record }) => ofCell(record, isRepeated)),
  ]);
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
