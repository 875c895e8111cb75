import { Chalk } from 'chalk';
import type { Report } from '../../model/report/report.js';
import { probeWords } from '../probe-words.js';
import { workerTable } from '../worker-table.js';
import { plainCharacters } from './charts/plain-characters.js';
import { wrapped } from './charts/display-width.js';
import { drawTable } from './draw-table.js';
import type { TerminalOptions } from './render-tables.js';

/** What each worker did, and what that means where it is uneven; empty where no cell had several. */
export function renderWorkers(report: Report, { width, color, unicode }: TerminalOptions): string {
  const table = workerTable(report);
  if (table === null) return '';
  const paint = new Chalk({ level: color ? 1 : 0 });
  const text = [
    ...wrapped(table.title, width).map((line) => paint.bold(line)),
    drawTable(table, paint, width),
    ...table.notes.flatMap((note) => wrapped(note, width)),
  ].join('\n');
  return unicode === false ? plainCharacters(text) : text;
}

/** What looking at the gauges cost, in one quiet line; empty where it is not known. */
export function probeLine({ cells }: Report, { width, color }: TerminalOptions): string {
  const words = probeWords(cells.map(({ record }) => record));
  if (words === undefined) return '';
  const paint = new Chalk({ level: color ? 1 : 0 });
  return wrapped(`Probes: ${words}`, width)
    .map((line) => paint.dim(line))
    .join('\n');
}
