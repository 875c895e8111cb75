import { operationsOf } from '../../model/figures/operation-figures.js';
import { nameableFigures } from '../../model/figures/gauge-figures.js';
import type { Objective } from '../../model/results/objective.js';
import type { JudgedObjective } from '../../model/results/outcome.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { judgeObjective } from './judge-objective.js';

/** What came of each objective; one on a figure that no cell has is about none. */
export function judgeObjectives(
  objectives: readonly Objective[],
  cells: readonly CellRecord[],
): JudgedObjective[] {
  const figures = new Map(nameableFigures(cells).map((figure) => [figure.id, figure]));
  const judged = cells.map((record) => ({ record, mixed: operationsOf(record) }));
  return objectives.map(({ text, scope, figure: id, operator, limit, unit, load }) => {
    const objective = { text, scope, figure: id, operator, limit, unit, load };
    const figure = figures.get(objective.figure);
    return { ...objective, outcomes: figure === undefined ? [] : judgeObjective(objective, figure, judged) };
  });
}
