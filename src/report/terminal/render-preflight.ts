import { Chalk, type ChalkInstance } from 'chalk';
import { plural } from '../../kernel/format.js';
import { oneLine } from '../../kernel/text.js';
import { mergedRemedies } from '../../model/report/merged-remedies.js';
import type { PreflightResult } from '../../model/results/preflight.js';
import type { TerminalOptions } from './render-tables.js';
import { shownName } from '../shown-text.js';

const NONE_ASKED = 'Pre-flight: no operation was asked.';
const MOST_ROWS = 20;
const MOST_ENTRIES = 10;
const WIDEST_NAME = 48;
/** From here on an answer is the same for so many that it is said once. */
const NEARLY_ALL = 0.9;
const FEWEST_FOR_ALL = 3;

/** What the pre-flight found: one line when all is well, else those that are not and what to do. */
export function renderPreflight(results: readonly PreflightResult[], options: TerminalOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const bad = results.filter(({ state }) => state !== 'ok');
  if (results.length === 0) return paint.yellow(NONE_ASKED);
  if (bad.length === 0) return `Pre-flight: ${allWell(results.length)}.`;
  const { lead, rows } = leadAndRows(results, bad);
  return [
    paint.yellow(lead),
    ...table(rows.slice(0, MOST_ROWS), options.width, paint),
    ...(rows.length > MOST_ROWS ? [`  … and ${rows.length - MOST_ROWS} more: see bench list --check`] : []),
    ...adviceFor(bad, paint),
  ].join('\n');
}

/** Every operation with its outcome, as `bench list --check` shows them. */
export function renderChecks(results: readonly PreflightResult[], options: TerminalOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  if (results.length === 0) return paint.yellow(NONE_ASKED);
  const bad = results.filter(({ state }) => state !== 'ok');
  const sum =
    bad.length === 0
      ? `${plural(results.length, 'operation')}, all as expected`
      : `${plural(results.length, 'operation')}, ${bad.length} not as expected`;
  return [...table(results, options.width, paint, ''), sum, ...adviceFor(bad, paint)].join('\n');
}

/** The outcome of one request, below it. */
export function outcomeLines(result: PreflightResult | undefined, paint: ChalkInstance): string[] {
  if (!result) return [];
  const text = `→ ${outcomeOf(result)}`;
  return [`  ${result.state === 'ok' ? paint.green(text) : paint.yellow(text)}`];
}

function allWell(count: number): string {
  return count === 1 ? 'the operation answers as expected' : `all ${count} operations answer as expected`;
}

function leadAndRows(
  results: readonly PreflightResult[],
  bad: readonly PreflightResult[],
): { lead: string; rows: readonly PreflightResult[] } {
  const refused = bad.filter(({ state }) => state === 'missing-auth');
  const total = plural(results.length, 'operation');
  if (refused.length < FEWEST_FOR_ALL || refused.length < NEARLY_ALL * results.length)
    return { lead: `Pre-flight: ${bad.length} of ${total} do not answer as expected.`, rows: bad };
  const said = refused.find(({ reason }) => reason !== null)?.reason;
  return {
    lead: `Pre-flight: ${refused.length} of ${total} ask for credentials (401, 403)${said === undefined || said === null ? '' : `: ${oneLine(said)}`}.`,
    rows: bad.filter(({ state }) => state !== 'missing-auth'),
  };
}

function table(
  results: readonly PreflightResult[],
  width: number,
  paint: ChalkInstance,
  indent = '  ',
): string[] {
  const names = results.map(({ operation }) => shownName(`${operation.method} ${operation.path}`));
  const nameWidth = Math.min(WIDEST_NAME, Math.max(0, ...names.map((name) => name.length)));
  return results.map((result, at) => {
    const name = cutInside(names[at] ?? '', nameWidth).padEnd(nameWidth);
    const outcome = cut(outcomeOf(result), Math.max(20, width - indent.length - nameWidth - 2));
    return `${indent}${name}  ${result.state === 'ok' ? paint.green(outcome) : paint.yellow(outcome)}`;
  });
}

function outcomeOf({ state, status, reason }: PreflightResult): string {
  const head = status === null ? state : `${status} ${state}`;
  return oneLine(reason === null ? head : `${head}  ${reason}`);
}

/** What to add to the scenario file, as one piece that can be pasted. */
function adviceFor(bad: readonly PreflightResult[], paint: ChalkInstance): string[] {
  const lines = [...mergedRemedies(bad)].flatMap(([key, known]) => shortened(key, known));
  if (lines.length === 0) return [];
  return [
    'Add to the scenario file what fits, with your own values:',
    ...lines.map((line) => paint.dim(`  ${line}`)),
  ];
}

function shortened(key: string, lines: readonly string[]): string[] {
  const left = lines.length - MOST_ENTRIES;
  return [key, ...lines.slice(0, MOST_ENTRIES), ...(left > 0 ? [`  # … and ${left} more`] : [])];
}

/** Operations that share a long beginning differ in their ends. */
function cutInside(text: string, width: number): string {
  if (text.length <= width) return text;
  const head = text.slice(0, text.indexOf('/') + 1);
  return `${head}…${text.slice(text.length - (width - head.length - 1))}`;
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
