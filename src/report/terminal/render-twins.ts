import { Chalk, type ChalkInstance } from 'chalk';
import { plural } from '../../kernel/format.js';
import { oneLine } from '../../kernel/text.js';
import type { Report } from '../../model/report/report.js';
import { shellWords } from '../rerun-words.js';
import type { ResultTable } from '../table-model.js';
import { RATIO, twinTables, type TwinTable } from '../twin-tables.js';
import { columnsOf, wrapped } from './charts/display-width.js';
import { plainCharacters } from './charts/plain-characters.js';
import { drawTable } from './draw-table.js';
import { withPlainBounds, type TerminalOptions } from './render-tables.js';

/** Two operations side by side under each load; empty where there is no such pair. */
export function renderTwins(report: Report, options: TerminalOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const text = twinTables(report)
    .map((table) => tableText(table, paint, options))
    .join('\n\n');
  return options.unicode === false ? plainCharacters(text) : text;
}

const NONE = "No two operations stand side by side in this run: name them with --twin 'LEFT=RIGHT'.";

/** How to ask for them. */
export function noTwins({ width }: TerminalOptions): string {
  return wrapped(NONE, width).join('\n');
}

/** How to see those that nothing in the command asks for. */
export function twinsHint(
  { analysis, folder }: Report,
  { width, program }: TerminalOptions & { readonly program: string },
): string {
  const pairs = plural(analysis.twins.pairs.length, 'pair');
  const command = oneLine(`${program} ${shellWords(['plot', folder, '--view', 'twins'])}`);
  return [...wrapped(`To see ${pairs} of operations side by side:`, width), `  ${command}`].join('\n');
}

function tableText(shown: TwinTable, paint: ChalkInstance, { width, unicode }: TerminalOptions): string {
  const table = unicode === false ? { ...shown, ...withPlainBounds(shown) } : shown;
  const isNarrow = drawTable(table, UNPAINTED, width)
    .split('\n')
    .some((line) => columnsOf(line) > width);
  return [
    ...wrapped(table.title, width).map((line) => paint.bold(line)),
    drawTable(isNarrow ? withShortHeadings(table) : table, paint, width),
    ...table.notes.flatMap((note) => wrapped(note, width)).map((line) => paint.dim(line)),
  ].join('\n');
}

const UNPAINTED = new Chalk({ level: 0 });

/** The title names both, the left one first. */
function withShortHeadings(table: ResultTable): ResultTable {
  const [first, ...others] = table.columns;
  if (first === undefined) return table;
  const names = ['Left', 'Right', RATIO];
  const columns = others.map((column, at) => ({ ...column, heading: [names[at] ?? '', ''] as const }));
  return { ...table, columns: [first, ...columns] };
}
