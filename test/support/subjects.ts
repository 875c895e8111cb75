import type { Subject } from '../../src/model/results/subject.js';

interface Named {
  readonly id: string;
  readonly method: string;
  readonly path: string;
}

/** One operation as what a cell loads. */
export function subject({ id, method, path }: Named): Subject {
  return { id, operations: [{ id, method, path, weight: 1 }] };
}
