import type { BuiltOperation } from '../../model/requests/request.js';

/** After what makes things: those that change nothing, then those that do, and what takes away last. */
const ORDER = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * The order in which operations are asked once each. A POST comes first where its path stands above those of others, the
 * parents before their members, or where others have ids that it makes; of what deletes, the members go before their
 * parents. Else as in the document.
 */
export function inOrder(operations: readonly BuiltOperation[]): BuiltOperation[] {
  const paths = operations.map(({ operation }) => operation.path);
  const isAbove = (path: string): boolean =>
    paths.some((other) => other !== path && other.startsWith(path.endsWith('/') ? path : `${path}/`));
  const needs = needsIn(operations);
  const needed = new Set([...needs.values()].flat());
  const keyOf = ({ operation: { method, path } }: BuiltOperation): readonly number[] => {
    const depth = path.split('/').length;
    const name = `${method} ${path}`;
    if (method === 'POST' && (isAbove(path) || needed.has(name)))
      return [-1, stepsBefore(name, needs), depth];
    const rank = ORDER.indexOf(method);
    return [rank < 0 ? ORDER.length : rank, method === 'DELETE' ? -depth : 0, 0];
  };
  return operations
    .map((one) => ({ one, key: keyOf(one) }))
    .sort(
      (a, b) => a.key.map((part, at) => part - (b.key[at] ?? 0)).find((difference) => difference !== 0) ?? 0,
    )
    .map(({ one }) => one);
}

/** By name of an operation: which POSTs make what its bodies name. */
function needsIn(operations: readonly BuiltOperation[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    operations.map(({ operation: { method, path }, capturedFrom = {} }) => [
      `${method} ${path}`,
      Object.entries(capturedFrom)
        .filter(([key]) => key.startsWith('body.'))
        .map(([, from]) => from.replace(/^GET /, 'POST ')),
    ]),
  );
}

/** How many operations have to be asked one after another before this one. */
function stepsBefore(
  name: string,
  needs: ReadonlyMap<string, readonly string[]>,
  seen: readonly string[] = [],
): number {
  if (seen.includes(name)) return 0;
  const steps = (needs.get(name) ?? []).map((one) => 1 + stepsBefore(one, needs, [...seen, name]));
  return Math.max(0, ...steps);
}
