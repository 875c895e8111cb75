import { nearest, oneLine } from '../../kernel/text.js';
import type { Load } from '../../model/loads/index.js';
import { loadProblem } from '../../model/objectives/is-about.js';
import { quoted } from '../../model/objectives/quoted.js';
import type { Objective } from '../../model/results/objective.js';
import type { Subject } from '../../model/results/subject.js';
import { inScope } from './judge-objective.js';

interface Cell {
  readonly subject: Subject;
  readonly load: Load;
}

/** What is wrong with objectives that are about none of the cells, and so would never fail: a sentence for each. */
export function idleObjectives(objectives: readonly Objective[], cells: readonly Cell[]): string[] {
  return objectives.flatMap((objective) => problemOf(objective, cells) ?? []);
}

function problemOf(objective: Objective, cells: readonly Cell[]): string | undefined {
  const { text, scope } = objective;
  const operations = cells.flatMap(({ subject }) => subject.operations);
  if (scope !== null && !operations.some(inScope(scope))) {
    const known = operations.flatMap(({ id, method, path, tags = [] }) => [id, `${method} ${path}`, ...tags]);
    const [near] = nearest(scope, [...new Set(known)]);
    const guess = near === undefined ? '' : `; did you mean ${near}?`;
    return `The objective ${quoted(text)} is about ${oneLine(scope)}, which this run does not load${guess}`;
  }
  const loads = cells.map(({ load }) => load);
  return loadProblem(objective, loads);
}
