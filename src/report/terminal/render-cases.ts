import { Chalk } from 'chalk';
import { plural } from '../../kernel/format.js';
import { oneLine } from '../../kernel/text.js';
import type { Report } from '../../model/report/report.js';
import { caseTables } from '../case-tables.js';
import { shellWords } from '../rerun-words.js';
import { wrapped } from './charts/display-width.js';
import { plainCharacters } from './charts/plain-characters.js';
import { drawTable } from './draw-table.js';
import { withPlainBounds, type TerminalOptions } from './render-tables.js';

/** More than these are shown when they are asked for. */
const FEW_TABLES = 2;

/** The resource cases of each endpoint under each load, side by side; empty where there are none to compare. */
export function renderCases(report: Report, { color, unicode, width }: TerminalOptions): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const text = caseTables(report)
    .map((shown) => {
      const table = unicode === false ? { ...shown, ...withPlainBounds(shown) } : shown;
      return [
        ...wrapped(table.title, width).map((line) => paint.bold(line)),
        drawTable(table, paint, width),
        ...table.notes.flatMap((note) => wrapped(note, width)).map((line) => paint.dim(line)),
      ].join('\n');
    })
    .join('\n\n');
  return unicode === false ? plainCharacters(text) : text;
}

const NONE = 'This run has no resource cases to compare: cases: in a scenario file makes them.';

/** How to have them. */
export function noCases({ width }: TerminalOptions): string {
  return wrapped(NONE, width).join('\n');
}

/** The tables where they are few, else how to see them. */
export function casesBelow(report: Report, options: TerminalOptions & { readonly program: string }): string {
  const { length } = caseTables(report);
  if (length === 0) return '';
  if (length <= FEW_TABLES) return renderCases(report, options);
  const command = oneLine(`${options.program} ${shellWords(['plot', report.folder, '--view', 'cases'])}`);
  const hint = `To see the resource cases side by side (${plural(length, 'table')}):`;
  return [...wrapped(hint, options.width), `  ${command}`].join('\n');
}
