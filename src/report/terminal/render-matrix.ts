import { Chalk, type ChalkInstance } from 'chalk';
import { formatFigure, plural } from '../../kernel/format.js';
import { figureById } from '../../model/figures/index.js';
import type { Report, ReportCell } from '../../model/report/report.js';
import type { GridLoad } from '../../model/report/grid-load.js';
import {
  keepsUp,
  loadGrid,
  medianOf,
  rankedSubjects,
  worstVerdict,
  type GridSubject,
} from '../../model/report/load-grid.js';
import { figureOf } from '../table-model.js';
import { tellingText, withSizing } from '../sizing-words.js';
import { shownName } from '../shown-text.js';
import { columnsOf, fitted, fittedRight, wrapped } from './charts/display-width.js';
import { plainCharacters } from './charts/plain-characters.js';
import type { TerminalOptions } from './render-tables.js';

const BEHIND = '!';
const NOT_VALID = '?';
const GAP = 2;
const SHORTEST_NAME = 12;

/** A line for each endpoint, the worst first, and its achieved rate and p99 under each load; `most` lines at most. */
export function renderMatrix({ cells, analysis }: Report, options: TerminalOptions, most = Infinity): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const grid = loadGrid(cells);
  const sizingOf = tellingText(grid.sizings);
  const ranked = rankedSubjects(grid, analysis.ranking).map(({ subject }) => subject);
  const subjects = ranked.slice(0, most);
  const columns = grid.loads.map((load) => columnOf(load, subjects, sizingOf(load)));
  const names = subjects.map(({ id }) => shownName(id));
  const text = [
    ...blocksOf(columns, names, options.width).map((block) => drawn(block, names, paint, options.width)),
    notes(ranked.length - subjects.length, columns, options.width).join('\n'),
  ].join('\n\n');
  return options.unicode === false ? plainCharacters(text) : text;
}

interface Column {
  readonly heading: string;
  /** Of each endpoint. */
  readonly texts: readonly { readonly achieved: string; readonly p99: string; readonly isBehind: boolean }[];
  readonly achievedWidth: number;
  readonly p99Width: number;
}

const UNITS = { achieved: 'req/s', p99: 'p99 ms' } as const;

function columnOf(load: GridLoad, subjects: readonly GridSubject[], sizing: string): Column {
  const texts = subjects.map(({ byLoad }) => textsOf(byLoad.get(load.key) ?? []));
  const widest = (of: 'achieved' | 'p99'): number =>
    Math.max(UNITS[of].length, ...texts.map((text) => columnsOf(text[of])));
  const heading = withSizing(load.name, sizing);
  const achievedWidth = widest('achieved');
  const p99Width = Math.max(widest('p99'), columnsOf(heading) - achievedWidth - 1);
  return { heading, texts, achievedWidth, p99Width };
}

function textsOf(cells: readonly ReportCell[]): Column['texts'][number] {
  const isBehind = cells.length > 0 && keepsUp(cells) === false;
  const doubt = worstVerdict(cells) === 'INVALID' ? NOT_VALID : '';
  const p99 = medianOf(cells, figureById('p99'));
  return {
    achieved: `${figureOf(medianOf(cells, figureById('achieved'))?.value ?? null)}${isBehind ? BEHIND : ''}`,
    p99: p99 === null ? figureOf(null) : `${p99.isLowerBound ? '≥' : ''}${formatFigure(p99.value)}${doubt}`,
    isBehind,
  };
}

interface Block {
  readonly columns: readonly Column[];
  readonly nameWidth: number;
}

/** As many loads side by side as the width holds; names lose their middle before loads go to a block of their own. */
function blocksOf(columns: readonly Column[], names: readonly string[], width: number): Block[] {
  const longest = Math.max(0, ...names.map(columnsOf));
  const widthOf = ({ achievedWidth, p99Width }: Column): number => GAP + achievedWidth + 1 + p99Width;
  const blocks: Column[][] = [[]];
  let left = width - Math.min(longest, Math.max(SHORTEST_NAME, Math.floor(width / 3)));
  for (const column of columns) {
    const block = blocks.at(-1) ?? [];
    if (block.length > 0 && left < widthOf(column)) {
      blocks.push([column]);
      left = width - Math.min(longest, Math.max(SHORTEST_NAME, Math.floor(width / 3))) - widthOf(column);
    } else {
      block.push(column);
      left -= widthOf(column);
    }
  }
  return blocks.map((block) => {
    const taken = block.reduce((sum, column) => sum + widthOf(column), 0);
    return { columns: block, nameWidth: Math.max(1, Math.min(longest, width - taken)) };
  });
}

function drawn(
  { columns, nameWidth }: Block,
  names: readonly string[],
  paint: ChalkInstance,
  width: number,
): string {
  const line = (name: string, parts: readonly string[]): string =>
    `${fitted(name, nameWidth)}${parts.map((part) => ' '.repeat(GAP) + part).join('')}`.trimEnd();
  const headings = columns.map(({ heading, achievedWidth, p99Width }) =>
    fittedRight(heading, achievedWidth + 1 + p99Width),
  );
  const units = columns.map(
    ({ achievedWidth, p99Width }) =>
      `${fittedRight(UNITS.achieved, achievedWidth)} ${fittedRight(UNITS.p99, p99Width)}`,
  );
  const rows = names.map((name, at) =>
    line(
      name,
      columns.map(({ texts, achievedWidth, p99Width }) => {
        const { achieved = '', p99 = '', isBehind = false } = texts[at] ?? {};
        const figure = fittedRight(achieved, achievedWidth);
        return `${isBehind ? paint.yellow(figure) : figure} ${fittedRight(p99, p99Width)}`;
      }),
    ),
  );
  const header = [line('Endpoint', headings), line('', units)].map((text) => paint.dim(text.slice(0, width)));
  return [...header, ...rows].join('\n');
}

function notes(left: number, columns: readonly Column[], width: number): string[] {
  const texts = columns.flatMap((column) => column.texts);
  const marks = [
    ...(texts.some(({ isBehind }) => isBehind) ? [`${BEHIND} does not keep up`] : []),
    ...(texts.some(({ p99 }) => p99.endsWith(NOT_VALID))
      ? [`${NOT_VALID} INVALID: the generator was the limit`]
      : []),
  ];
  return [
    ...(left > 0
      ? wrapped(`and ${plural(left, 'endpoint')} that did better: --view matrix shows all`, width)
      : []),
    ...wrapped(['Worst first', ...marks].join(' · '), width),
  ];
}
