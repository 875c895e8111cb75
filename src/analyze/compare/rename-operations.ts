import type { Subject } from '../../model/results/subject.js';

/** An operation of the base, and what it is called in the candidate: by id, or as `GET /items`. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

type Operation = Subject['operations'][number];

export interface Renamed {
  /** The subject as the candidate would have it. */
  readonly rename: (subject: Subject) => Subject;
  /** What is mapped and is not there, in sentences. */
  readonly problems: readonly string[];
}

export function renameOperations(
  renamings: readonly Renaming[],
  base: readonly Subject[],
  candidate: readonly Subject[],
): Renamed {
  const [ofBase, ofCandidate] = [base, candidate].map((subjects) =>
    subjects.flatMap(({ operations }) => operations),
  ) as [Operation[], Operation[]];
  const problems = renamings.flatMap(({ from, to }) => [
    ...(ofBase.some((one) => isCalled(one, from)) ? [] : [absent(from, 'base', ofBase)]),
    ...(ofCandidate.some((one) => isCalled(one, to)) ? [] : [absent(to, 'candidate', ofCandidate)]),
  ]);
  const renamed = (operation: Operation): Operation => {
    const renaming = renamings.find(({ from }) => isCalled(operation, from));
    const target = renaming && ofCandidate.find((one) => isCalled(one, renaming.to));
    return target === undefined ? operation : { ...target, weight: operation.weight };
  };
  return {
    rename: (subject) => ({ ...subject, operations: subject.operations.map(renamed) }),
    problems,
  };
}

function isCalled({ id, method, path }: Operation, name: string): boolean {
  return id === name || `${method} ${path}` === name;
}

const MOST_NAMED = 10;

function absent(name: string, side: string, operations: readonly Operation[]): string {
  const known = [...new Set(operations.map(({ method, path }) => `${method} ${path}`))];
  const shown = known.slice(0, MOST_NAMED).join(', ');
  const more = known.length > MOST_NAMED ? ` and ${known.length - MOST_NAMED} more` : '';
  return `--map: no cell of the ${side} asks ${name}; it has ${shown}${more}`;
}
