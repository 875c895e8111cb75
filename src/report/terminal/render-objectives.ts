import { Chalk } from 'chalk';
import type { Report } from '../../model/report/report.js';
import { failedLines, objectivesTable } from '../objective-words.js';
import { plainCharacters } from './charts/plain-characters.js';
import { wrapped } from './charts/display-width.js';
import { drawTable } from './draw-table.js';
import type { TerminalOptions } from './render-tables.js';

const MOST_FAILURES = 10;

/** A row for each objective, and below them a line for each cell that failed one. Empty where there are none. */
export function renderObjectives(report: Report, options: TerminalOptions): string {
  const table = objectivesTable(report);
  if (table === null) return '';
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const failures = failedLines(report).map(
    ({ objective, words, place }) => `FAILED  ${objective}: ${words} (${place})`,
  );
  const left = failures.length - MOST_FAILURES;
  const text = [
    paint.bold(table.title),
    drawTable(table, paint, options.width),
    ...failures
      .slice(0, MOST_FAILURES)
      .flatMap((line) => wrapped(line, options.width).map((part) => paint.red(part))),
    ...(left > 0 ? [`and ${left} more: see the report`] : []),
  ].join('\n');
  return options.unicode === false ? plainCharacters(text) : text;
}
