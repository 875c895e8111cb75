import { formatFigure } from '../kernel/format.js';
import type { CellRecord } from '../model/results/cell-record.js';

/**
 * What looking cost in the windows of some cells: `processes 0.60 ms a look, host 0.10 ms; 0.2 % of a core`; undefined
 * where it is not known.
 */
export function probeWords(cells: readonly Pick<CellRecord, 'probes' | 'window'>[]): string | undefined {
  const known = cells.filter(({ probes }) => probes !== undefined);
  const costs = new Map<string, { looks: number; tookMs: number }>();
  let cpuMs = 0;
  for (const [name, cost] of known.flatMap(({ probes = {} }) => Object.entries(probes))) {
    const sum = costs.get(name) ?? { looks: 0, tookMs: 0 };
    costs.set(name, {
      looks: sum.looks + cost.looks,
      tookMs: sum.tookMs + cost.looks * (cost.meanMs ?? 0),
    });
    cpuMs += cost.cpuMs;
  }
  const each = [...costs].filter(([, { looks }]) => looks > 0);
  if (each.length === 0) return undefined;
  const named = each.map(
    ([name, { looks, tookMs }], at) =>
      `${name} ${formatFigure(tookMs / looks)} ms${at === 0 ? ' a look' : ''}`,
  );
  const windowsMs = known.reduce((sum, { window }) => sum + window.durationMs, 0);
  return `${named.join(', ')}; ${formatFigure((100 * cpuMs) / windowsMs)} % of a core in all`;
}
