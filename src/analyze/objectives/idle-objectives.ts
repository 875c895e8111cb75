import { nearest } from '../../kernel/text.js';
import { KNOWN_FIGURES } from '../../model/figures/gauge-figures.js';
import { loadName, type Load } from '../../model/loads/index.js';
import type { Objective } from '../../model/results/objective.js';
import type { Subject } from '../../model/results/subject.js';
import { inScope, isAbout } from './judge-objective.js';

interface Cell {
  readonly subject: Subject;
  readonly load: Load;
}

/** What is wrong with objectives that are about none of the cells, and so would never fail: a sentence for each. */
export function idleObjectives(objectives: readonly Objective[], cells: readonly Cell[]): string[] {
  return objectives.flatMap((objective) => problemOf(objective, cells) ?? []);
}

function problemOf({ text, scope, figure, load }: Objective, cells: readonly Cell[]): string | undefined {
  const operations = cells.flatMap(({ subject }) => subject.operations);
  if (scope !== null && !operations.some(inScope(scope))) {
    const known = operations.flatMap(({ id, method, path, tags = [] }) => [id, `${method} ${path}`, ...tags]);
    const [near] = nearest(scope, [...new Set(known)]);
    const guess = near === undefined ? '' : `; did you mean ${near}?`;
    return `The objective “${text}” is about ${scope}, which this run does not load${guess}`;
  }
  const isOf = KNOWN_FIGURES.find(({ id }) => id === figure)?.isOf;
  if (isOf && !cells.some((cell) => isOf(cell.load)))
    return `The objective “${text}” is about ${figure}, which no load of this run has`;
  if (load === null || cells.some((cell) => isAbout(load, cell.load))) return undefined;
  const loads = [...new Set(cells.map((cell) => loadName(cell.load)))].join(', ');
  return `The objective “${text}” is about a load that no cell of this run has: they have ${loads}`;
}
