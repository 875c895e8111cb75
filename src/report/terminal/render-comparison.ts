import { Chalk, type ChalkInstance } from 'chalk';
import { plural } from '../../kernel/format.js';
import { grouped } from '../../kernel/grouped.js';
import type { ChangeVerdict, Comparison } from '../../model/results/comparison.js';
import { comparisonTables, loneCells } from '../comparison-model.js';
import { differenceWords, LEGEND, remarksOn, sidesOf } from '../comparison-words.js';
import { judgedCells, outcomeWords, worstWords, type JudgedCell } from '../judged-changes.js';
import { layoutFor, renderComparisonTable, type ComparisonLayout } from './comparison-table.js';
import type { TerminalOptions } from './render-tables.js';
import { JudgementLines } from './judgement-lines.js';
import { wrapName, wrapWords } from './wrap-name.js';

/** Two runs side by side as text for a terminal. */
export function renderComparison(comparison: Comparison, options: TerminalOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const { width } = options;
  const cells = judgedCells(comparison);
  const tables = comparisonTables(comparison);
  const layout = layoutFor(tables, width);
  return [
    conclusion(comparison, cells, paint, width),
    heading(comparison, paint, width),
    ...remarks(comparison, paint, width),
    ...apart(comparison, paint, width),
    ...differences(comparison, paint, width),
    ...verdicts(cells, paint, width),
    ...tables.map((table) =>
      [
        paint.bold(wrapWords(table.title, width).join('\n')),
        renderComparisonTable(table.rows, layout, paint),
        ...spaced(table.notes.flatMap((note) => hanging(note, width))),
      ].join('\n'),
    ),
    ...lone(comparison, paint, width),
    ...(tables.length === 0 ? [] : [paint.dim(closing(layout, width))]),
  ].join('\n\n');
}

function heading(comparison: Comparison, paint: ChalkInstance, width: number): string {
  const sides = sidesOf(comparison);
  const nameWidth = Math.max(...sides.map(({ name }) => name.length));
  return sides
    .map(({ label, role, name, facts }) => {
      const start = `${label}  ${role.padEnd(9)}  `;
      const line = `${start}${name.padEnd(nameWidth)}  ${facts}`;
      if (line.length <= width) return `${paint.bold(start + name.padEnd(nameWidth))}  ${paint.dim(facts)}`;
      const indent = ' '.repeat(start.length);
      const names = wrapName(name, width - start.length).map((part) => paint.bold(part));
      const rest = wrapWords(facts, width - start.length).map((part) => paint.dim(part));
      return `${paint.bold(start)}${[...names, ...rest].join(`\n${indent}`)}`;
    })
    .join('\n');
}

function remarks(comparison: Comparison, paint: ChalkInstance, width: number): string[] {
  const sentences = remarksOn(comparison);
  if (sentences.length === 0) return [];
  return [
    sentences
      .flatMap((sentence) => hanging(sentence, width))
      .map((line) => paint.yellow(line))
      .join('\n'),
  ];
}

const MOST_DIFFERENCES = 12;

function differences(comparison: Comparison, paint: ChalkInstance, width: number): string[] {
  const words = differenceWords(comparison);
  if (words.length === 0) return [];
  const shown = words.slice(0, MOST_DIFFERENCES);
  const lines = shown.flatMap(({ name, base, candidate }) =>
    bullet(`${name}: ${base} → ${candidate}`, width),
  );
  const rest = words.length - shown.length;
  return [
    [
      paint.bold('What else differs'),
      ...lines,
      ...(rest === 0 ? [] : bullet(`${rest} more, see --json`, width)),
    ].join('\n'),
  ];
}

/** What came of it all, and the largest regression. */
function conclusion(comparison: Comparison, cells: readonly JudgedCell[], paint: ChalkInstance, width: number): string {
  const worst = worstWords(cells);
  const words = [`${outcomeWords(comparison)}.`, ...(worst === '' ? [] : [`Most of all ${worst}.`])];
  const mark = OUTCOME_PAINTS[comparison.outcome.state](paint);
  return words.flatMap((sentence) => hanging(sentence, width)).map((line) => paint.bold(mark(line))).join('\n');
}

/** Colours of what was judged; the names themselves say it all. */
const OUTCOME_PAINTS: Readonly<Record<ChangeVerdict, (paint: ChalkInstance) => (text: string) => string>> = {
  REGRESSED: (paint) => paint.red,
  SUSPECT: (paint) => paint.yellow,
  IMPROVED: (paint) => paint.green,
  INCONCLUSIVE: () => String,
  UNCHANGED: () => String,
};

/** First the cells that have changed, then those of which it is not known. */
function verdicts(cells: readonly JudgedCell[], paint: ChalkInstance, width: number): string[] {
  const shown = cells.filter(({ outcome }) => outcome !== 'UNCHANGED' && outcome !== null);
  const lines = new JudgementLines(shown, width);
  const byOutcome = grouped(shown, ({ outcome }) => outcome ?? 'UNCHANGED');
  return [
    ...[...byOutcome].map(([outcome, members]) => {
      const first = members.slice(0, MOST_CELLS);
      const rest = members.length - first.length;
      return [
        paint.bold(OUTCOME_PAINTS[outcome](paint)(outcome)),
        ...first.flatMap((cell) => lines.of(cell, paint)),
        ...(rest === 0 ? [] : bullet(`${plural(rest, 'more cell')}, see --json`, width)),
      ].join('\n');
    }),
    ...unjudged(cells, paint, width),
  ];
}

const MOST_CELLS = 20;

function unjudged(cells: readonly JudgedCell[], paint: ChalkInstance, width: number): string[] {
  const byNote = grouped(
    cells.filter(({ outcome }) => outcome === null),
    ({ note }) => note,
  );
  if (byNote.size === 0) return [];
  const lines = [...byNote].flatMap(([note, members]) =>
    bullet(`${note}: ${listed(members.map(({ name }) => name))}`, width),
  );
  return [[paint.bold('Not judged'), ...lines].join('\n')];
}

/** The flags that find partners for cells without one. */
function apart({ keptApart }: Comparison, paint: ChalkInstance, width: number): string[] {
  if (keptApart.length === 0) return [];
  const lines = keptApart.flatMap(({ by, flag, base, candidate, pairs }) =>
    bullet(
      `${plural(pairs, 'cell')} would match but for ${by}: ${listed(base)} against ${listed(candidate)}. ${flag} compares them.`,
      width,
    ),
  );
  return [[paint.bold('Kept apart'), ...lines].join('\n')];
}

function lone(comparison: Comparison, paint: ChalkInstance, width: number): string[] {
  return [...grouped(loneCells(comparison), ({ label }) => label)].map(([label, groups]) => {
    const lines = groups.flatMap(({ title, names }) => bullet(`${title}: ${listed(names)}`, width));
    return [paint.bold(`Only in ${label}`), ...lines].join('\n');
  });
}

function listed(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  return rest <= 0 ? names.join(', ') : `${names.slice(0, MOST_NAMES).join(', ')} and ${rest} more`;
}

const MOST_NAMES = 30;

function closing({ hidden }: ComparisonLayout, width: number): string {
  const left = hidden.length === 0 ? '' : ` Not shown at this width: ${hidden.join(', ')}.`;
  return wrapWords(`${LEGEND}${left}`, width).join('\n');
}

function spaced(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

/** A sentence over several lines, all but the first indented. */
function hanging(sentence: string, width: number): string[] {
  return wrapWords(sentence, width - 2).map((line, at) => `${at === 0 ? '' : '  '}${line}`);
}

function bullet(text: string, width: number): string[] {
  return wrapWords(text, width - 4).map((line, at) => `${at === 0 ? '  · ' : '    '}${line}`);
}
