import { Chalk } from 'chalk';
import { plural } from '../../kernel/format.js';
import { oneLine } from '../../kernel/text.js';
import { resultOf, type PreflightResult } from '../../model/preflight.js';
import type { PreparedOperation } from '../../model/request.js';
import { outcomeLines } from './render-preflight.js';
import type { TerminalOptions } from './render-tables.js';

/** One aligned line for each operation. */
export function renderOperations(
  operations: readonly PreparedOperation[],
  { color }: TerminalOptions,
): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const rows = operations.map(({ operation: { method, path, id } }) => ({
    method,
    path: oneLine(path),
    id: oneLine(id),
  }));
  const methodWidth = Math.max(0, ...rows.map(({ method }) => method.length));
  const pathWidth = Math.max(0, ...rows.map(({ path }) => path.length));
  const lines = rows.map(
    ({ method, path, id }) =>
      `${paint.cyan(method.padEnd(methodWidth))}  ${path.padEnd(pathWidth)}  ${paint.dim(id)}`,
  );
  return [...lines, plural(operations.length, 'operation')].join('\n');
}

/** The first request of each operation, as it goes on the wire, where its values came from, and what came of it. */
export function renderRequests(
  operations: readonly PreparedOperation[],
  { color }: TerminalOptions,
  results: readonly PreflightResult[] = [],
): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const blocks = operations.map(({ operation, blueprints, origins, capturedFrom = {} }) => {
    const [first] = blueprints;
    const headers = first?.headers ?? [];
    const headerLines = headers.flatMap((name, at) =>
      at % 2 === 0 ? [`  ${name}: ${headers[at + 1] ?? ''}`] : [],
    );
    const values = Object.entries(origins).map(([key, origin]) =>
      Object.hasOwn(capturedFrom, key)
        ? `${key} ← ${origin} from ${capturedFrom[key]}`
        : `${key} ← ${origin}`,
    );
    return [
      `${paint.bold(oneLine(operation.id))}  ${paint.dim(plural(blueprints.length, 'distinct request'))}`,
      `  ${paint.cyan(operation.method)} ${oneLine(first?.path ?? '')}`,
      ...headerLines.map(oneLine),
      ...(typeof first?.body === 'string' ? [`  ${oneLine(first.body)}`] : []),
      ...outcomeLines(resultOf(results, operation), paint),
      ...(values.length === 0 ? [] : [paint.dim(`  ${oneLine(values.join(', '))}`)]),
    ].join('\n');
  });
  return blocks.join('\n\n');
}
