import type { FigureDefinition } from '../../model/figures/figure.js';
import type { PageLimit } from '../../model/report/page-data.js';
import type { Report } from '../../model/report/report.js';
import { shownName } from '../shown-text.js';

/** Objectives that charts across loads can show, each text once; `names` is what charts call the subjects. */
export function pageLimits(
  reports: readonly Report[],
  charted: readonly Pick<FigureDefinition, 'id'>[],
  names: ReadonlyMap<string, string>,
): PageLimit[] {
  const metrics = new Set(charted.map(({ id }) => id));
  const limits = new Map<string, PageLimit>();
  for (const report of reports) {
    for (const limit of limitsOf(report, names)) if (metrics.has(limit.metric)) limits.set(limit.text, limit);
  }
  return [...limits.values()];
}

function limitsOf({ cells, analysis }: Report, names: ReadonlyMap<string, string>): PageLimit[] {
  const subjects = new Map(cells.map(({ record }) => [record.id, record.subject.id]));
  return analysis.objectives.flatMap(({ text, scope, figure, limit, load, outcomes }): PageLimit[] => {
    // One of a single load is a point, not a line.
    if (load !== null) return [];
    const shared = { text: shownName(text), metric: figure, value: limit };
    if (scope === null) return [{ ...shared, endpoints: null }];
    // A mixture has one line for all of its operations, so one of these has none.
    const own = outcomes.flatMap(({ cell, operation }) =>
      operation === null ? (names.get(subjects.get(cell) ?? '') ?? []) : [],
    );
    return own.length === 0 ? [] : [{ ...shared, endpoints: [...new Set(own)] }];
  });
}
