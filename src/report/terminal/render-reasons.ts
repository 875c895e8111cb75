import { tellingText } from '../sizing-words.js';
import { Chalk, type ChalkInstance } from 'chalk';
import { plural } from '../../kernel/format.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { cellWords, groupedReasons, type ReasonGroup } from '../grouped-reasons.js';
import { shownName } from '../shown-text.js';
import { columnsOf, shortened, wrapped } from './charts/display-width.js';
import { plainCharacters } from './charts/plain-characters.js';
import type { TerminalOptions } from './render-tables.js';

const INDENT = '  ';

/**
 * Each reason of the verdicts once: in which cells, the worst of them, and what to do. Of more than `most` reasons the
 * others are only named. Empty when all cells are VALID.
 */
export function renderReasons(
  cells: readonly CellRecord[],
  options: TerminalOptions,
  most = Infinity,
): string {
  const groups = groupedReasons(cells);
  if (groups.length === 0) return '';
  const { width } = options;
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const text = [
    ...wrapped('Why not all can be trusted (every cell is in the report)', width).map((line) =>
      paint.bold(line),
    ),
    ...groups.slice(0, most).flatMap((group) => groupLines(group, cells, paint, width)),
    ...restLines(groups.slice(most), width),
  ].join('\n');
  return options.unicode === false ? plainCharacters(text) : text;
}

function groupLines(
  group: ReasonGroup,
  cells: readonly CellRecord[],
  paint: ChalkInstance,
  width: number,
): string[] {
  const [first = '', ...rest] = whereLines(group, cells, width);
  const mark = group.state === 'INVALID' ? paint.red(group.state) : paint.yellow(group.state);
  const isWorst = group.isWorstKnown && group.cells.length > 1;
  return [
    `${mark}${first.slice(group.state.length)}`,
    ...rest,
    ...indented(`${isWorst ? 'worst: ' : ''}${group.message}`, width),
    ...remedyLines(group, width),
  ];
}

const MOST_REMEDIES = 3;

function remedyLines({ remedies }: ReasonGroup, width: number): string[] {
  const left = remedies.length - MOST_REMEDIES;
  return [
    ...remedies.slice(0, MOST_REMEDIES).flatMap((remedy) => indented(`→ ${remedy}`, width)),
    ...(left > 0 ? indented(`and other advice for other cells (${left}): see the report`, width) : []),
  ];
}

/** `INVALID generator-lagged in 14 of 18 cells: get_item at 2000/s, …`: as many names as the line holds. */
function whereLines(group: ReasonGroup, cells: readonly CellRecord[], width: number): string[] {
  const { id, state, cells: found } = group;
  const count =
    found.length === cells.length
      ? plural(found.length, 'cell')
      : `${found.length} of ${plural(cells.length, 'cell')}`;
  const head = `${state} ${id} in ${found.length === cells.length && found.length > 1 ? `all ${count}` : count}`;
  const sizingOf = tellingText(cells);
  const names = [...new Set(found.map((cell) => shownName(cellWords(cell, sizingOf))))];
  const room = width - columnsOf(head) - 2;
  const [first = ''] = names;
  const isOneLine = columnsOf(first) + (names.length > 1 ? MORE.length : 0) <= room;
  if (isOneLine) return [`${head}: ${namesWithin(names, room)}`];
  return [...wrapped(head, width - 1), INDENT + namesWithin(names, width - INDENT.length)];
}

const MORE = ', …';

function namesWithin(names: readonly string[], columns: number): string {
  let text = '';
  for (const [at, name] of names.entries()) {
    const longer = at === 0 ? name : `${text}, ${name}`;
    const isLast = at === names.length - 1;
    if (columnsOf(longer) + (isLast ? 0 : MORE.length) > columns)
      return at === 0 ? shortened(name, columns) : `${text}${MORE}`;
    text = longer;
  }
  return text;
}

function indented(text: string, width: number): string[] {
  return wrapped(text, width - INDENT.length).map((line) => INDENT + line);
}

function restLines(groups: readonly ReasonGroup[], width: number): string[] {
  if (groups.length === 0) return [];
  const named = groups.map(({ id, cells }) => `${id} (${plural(cells.length, 'cell')})`).join(', ');
  return wrapped(
    `and ${plural(groups.length, 'more reason')}: ${named}; --view all shows them in full`,
    width,
  );
}
