import { Chalk } from 'chalk';
import { plural } from '../../kernel/format.js';
import { printable } from '../../kernel/text.js';
import type { PreparedOperation } from '../../model/request.js';
import type { TerminalOptions } from './render-tables.js';

/** One aligned line for each operation. */
export function renderOperations(
  operations: readonly PreparedOperation[],
  { color }: TerminalOptions,
): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const methodWidth = Math.max(0, ...operations.map(({ operation }) => operation.method.length));
  const pathWidth = Math.max(0, ...operations.map(({ operation }) => operation.path.length));
  const lines = operations.map(({ operation: { method, path, id } }) => {
    const name = method.padEnd(methodWidth);
    return `${paint.cyan(name)}  ${printable(path.padEnd(pathWidth))}  ${paint.dim(printable(id))}`;
  });
  return [...lines, plural(operations.length, 'operation')].join('\n');
}

/** The first request of each operation, as it goes on the wire, and where its values came from. */
export function renderRequests(operations: readonly PreparedOperation[], { color }: TerminalOptions): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const blocks = operations.map(({ operation, blueprints, origins }) => {
    const [first] = blueprints;
    const headers = first?.headers ?? [];
    const headerLines = headers.flatMap((name, at) =>
      at % 2 === 0 ? [`  ${name}: ${headers[at + 1] ?? ''}`] : [],
    );
    const values = Object.entries(origins).map(([key, origin]) => `${key} ← ${origin}`);
    return [
      `${paint.bold(printable(operation.id))}  ${paint.dim(plural(blueprints.length, 'distinct request'))}`,
      `  ${paint.cyan(operation.method)} ${printable(first?.path ?? '')}`,
      ...headerLines.map(printable),
      ...(typeof first?.body === 'string' ? [`  ${printable(first.body)}`] : []),
      ...(values.length === 0 ? [] : [paint.dim(`  ${printable(values.join(', '))}`)]),
    ].join('\n');
  });
  return blocks.join('\n\n');
}
