import { Chalk, type ChalkInstance } from 'chalk';
import { plural } from '../../kernel/format.js';
import { oneLine } from '../../kernel/text.js';
import { resultOf, type PreflightResult } from '../../model/results/preflight.js';
import type { Operation, BuiltOperation } from '../../model/requests/request.js';
import { shownBody } from '../shown-body.js';
import { outcomeLines } from './render-preflight.js';
import type { TerminalOptions } from './render-tables.js';
import { shownName } from '../shown-text.js';

/** One aligned line for each operation. */
export function renderOperations(operations: readonly Operation[], { color }: TerminalOptions): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const rows = operations.map(({ method, path, id }) => ({
    method,
    path: shownName(path),
    id: shownName(id),
  }));
  const methodWidth = Math.max(0, ...rows.map(({ method }) => method.length));
  const pathWidth = Math.max(0, ...rows.map(({ path }) => path.length));
  const lines = rows.map(
    ({ method, path, id }) =>
      `${paint.cyan(method.padEnd(methodWidth))}  ${path.padEnd(pathWidth)}  ${paint.dim(id)}`,
  );
  return [...lines, plural(operations.length, 'operation')].join('\n');
}

/** The first request of each operation, where its values came from, what may be wrong with it, and what came of it. */
export function renderRequests(
  operations: readonly BuiltOperation[],
  { color }: TerminalOptions,
  results: readonly PreflightResult[] = [],
): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const blocks = operations.map((built) => {
    const outcome = outcomeLines(resultOf(results, built.operation), paint);
    return requestBlock(built, outcome, paint).join('\n');
  });
  return blocks.join('\n\n');
}

function requestBlock(
  { operation, blueprints, origins, capturedFrom = {}, problems }: BuiltOperation,
  outcome: readonly string[],
  paint: ChalkInstance,
): string[] {
  const [first] = blueprints;
  const headers = first?.headers ?? [];
  const body = first && shownBody(first);
  const values = Object.entries(origins).map(([key, origin]) =>
    Object.hasOwn(capturedFrom, key) ? `${key} ← ${origin} from ${capturedFrom[key]}` : `${key} ← ${origin}`,
  );
  return [
    `${paint.bold(shownName(operation.id))}  ${paint.dim(plural(blueprints.length, 'distinct request'))}`,
    `  ${paint.cyan(operation.method)} ${cut(oneLine(first?.path ?? ''))}`,
    ...headers.flatMap((name, at) =>
      at % 2 === 0 ? [`  ${cut(oneLine(`${name}: ${headers[at + 1] ?? ''}`))}`] : [],
    ),
    ...(typeof body === 'string' ? [`  ${cut(oneLine(body))}`] : []),
    ...outcome,
    ...(values.length === 0 ? [] : [paint.dim(`  ${cut(oneLine(values.join(', ')))}`)]),
    ...problems.map((problem) => paint.yellow(`  ! ${cut(oneLine(problem))}`)),
  ];
}

const LONGEST_SHOWN = 2000;

/** A body of megabytes would push all else off the screen. */
function cut(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}… (${text.length} characters)` : text;
}
