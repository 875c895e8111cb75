import type { GaugeSummaries } from '../model/results/gauges.js';
import { unitOf, type FigureUnit } from '../model/figures/units.js';
import type { CellRecord } from '../model/results/cell-record.js';

/** A gauge whose course is known, and what the record calls it. */
export interface ChartedGauge {
  readonly id: string;
  readonly title: string;
  readonly unit: FigureUnit;
}

/** Those whose seconds a cell holds. */
export function chartedGauges({ series, gauges }: Pick<CellRecord, 'series' | 'gauges'>): ChartedGauge[] {
  const ids = new Set(series.flatMap((second) => Object.keys(second.gauges)));
  return [...ids].map((id) => wordsOf(id, gauges));
}

function wordsOf(id: string, gauges: GaugeSummaries): ChartedGauge {
  const { title = id, unit = '' } = gauges[id] ?? {};
  return { id, title, unit: unitOf(unit) };
}
