import type { PreparedOperation } from '../../model/request.js';

/** After what makes things: those that change nothing, then those that do, and what takes away last. */
const ORDER = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * The order in which operations are asked once each. A POST comes first where its path stands above those of others, the
 * parents before their members; of what deletes, the members go before their parents. Else as in the document.
 */
export function inOrder(operations: readonly PreparedOperation[]): PreparedOperation[] {
  const paths = operations.map(({ operation }) => operation.path);
  const isAbove = (path: string): boolean =>
    paths.some((other) => other !== path && other.startsWith(path.endsWith('/') ? path : `${path}/`));
  const keyOf = ({ operation: { method, path } }: PreparedOperation): readonly [number, number] => {
    const depth = path.split('/').length;
    if (method === 'POST' && isAbove(path)) return [-1, depth];
    const rank = ORDER.indexOf(method);
    return [rank < 0 ? ORDER.length : rank, method === 'DELETE' ? -depth : 0];
  };
  return operations
    .map((one) => ({ one, key: keyOf(one) }))
    .sort((a, b) => a.key[0] - b.key[0] || a.key[1] - b.key[1])
    .map(({ one }) => one);
}
