import type { NamedOperation } from '../../model/requests/operation-selector.js';
import type { Subject } from '../../model/results/subject.js';

export interface LoadedOperation extends NamedOperation {
  readonly path: string;
}

/** Each operation that cells load, once: loads and repeats ask the same ones. */
export function operationsIn(cells: readonly { readonly subject: Subject }[]): LoadedOperation[] {
  const all = cells.flatMap(({ subject }) => subject.operations);
  const each = new Map(all.map((operation) => [`${operation.method} ${operation.path}`, operation]));
  return [...each.values()].map(({ id, method, path, tags = [] }) => ({
    ...{ id, method, path, tags },
    paths: [path],
  }));
}
