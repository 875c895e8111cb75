import { Chalk, type ChalkInstance } from 'chalk';
import { plural } from '../../kernel/format.js';
import { grouped } from '../../kernel/grouped.js';
import type { Comparison } from '../../model/results/comparison.js';
import { comparisonTables, loneCells } from '../comparison-model.js';
import { listedChanges, type ListedChange, type ListedChanges } from '../listed-changes.js';
import { differenceWords, LEGEND, NO_JUDGEMENT, remarksOn, sidesOf } from '../comparison-words.js';
import { layoutFor, renderComparisonTable, type ComparisonLayout } from './comparison-table.js';
import type { TerminalOptions } from './render-tables.js';
import { tinted } from './tinted.js';
import { wrapName, wrapWords } from './wrap-name.js';

/** Two runs side by side as text for a terminal. */
export function renderComparison(comparison: Comparison, options: TerminalOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const { width } = options;
  const tables = comparisonTables(comparison);
  const layout = layoutFor(tables, width);
  return [
    heading(comparison, paint, width),
    ...remarks(comparison, paint, width),
    ...differences(comparison, paint, width),
    ...highlights(listedChanges(comparison), paint, width),
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

function highlights(sections: readonly ListedChanges[], paint: ChalkInstance, width: number): string[] {
  const sentence = hanging(NO_JUDGEMENT, width).map((line) => paint.dim(line));
  if (sections.length === 0)
    return [[paint.bold('No figure has changed enough to be listed'), ...sentence].join('\n')];
  const all = sections.flatMap(({ changes }) => changes);
  const blocks = sections.map(({ title, changes, left }) =>
    [
      paint.bold(title),
      ...changes.flatMap((one) => changeLines(one, all, paint, width)),
      ...(left === 0 ? [] : hanging(`  and ${plural(left, 'smaller change')}, see the tables`, width)),
    ].join('\n'),
  );
  return [...blocks, sentence.join('\n')];
}

/** In columns that are as wide as all changes need. */
function changeLines(
  one: ListedChange,
  all: readonly ListedChange[],
  paint: ChalkInstance,
  width: number,
): string[] {
  const widthOf = (text: (change: ListedChange) => string): number =>
    Math.max(...all.map((change) => text(change).length));
  const { title, change, direction, cell } = one;
  const changeWidth = widthOf((other) => other.change);
  const figuresWidth = widthOf(figuresOf);
  const start = `  ${title.padEnd(widthOf((other) => other.title))}  `;
  const indent = ' '.repeat(start.length + changeWidth + 2);
  const first = `${start}${tinted(change.padStart(changeWidth), direction, paint)}  `;
  if (indent.length + figuresWidth + 2 + cell.length <= width)
    return [`${first}${figuresOf(one).padEnd(figuresWidth)}  ${cell}`];
  return [
    `${first}${figuresOf(one)}`,
    ...wrapWords(cell, width - indent.length).map((line) => `${indent}${line}`),
  ];
}

function figuresOf({ base, candidate, unit }: ListedChange): string {
  return `${base} → ${candidate} ${unit}`;
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
