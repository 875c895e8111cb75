import { element } from './element.js';
import type { ChartModel, Panel, Series } from './models/chart-model.js';
import { toldAt } from './models/told-values.js';
import { seriesColor } from './theme.js';

interface ToldRow {
  readonly key: string;
  readonly series: Series;
  /** By column. */
  readonly values: ReadonlyMap<string, string>;
}

/** What all visible series say at a position of the x axis, a row for each key. */
function rowsAt({ panels }: ChartModel, at: number, isHidden: (key: string) => boolean): ToldRow[] {
  const rows = new Map<string, { series: Series; values: Map<string, string> }>();
  for (const panel of panels) {
    for (const series of panel.series) {
      if (isHidden(series.key)) continue;
      const row = rows.get(series.key) ?? { series, values: new Map<string, string>() };
      row.values.set(series.column, toldWithUnit(series, panel, at));
      rows.set(series.key, row);
    }
  }
  return [...rows].map(([key, row]) => ({ key, ...row }));
}

function toldWithUnit(series: Series, panel: Panel, at: number): string {
  return toldAt(series, panel, at);
}

/** The box at the cursor. */
export function readoutTable(
  model: ChartModel,
  at: number,
  isHidden: (key: string) => boolean,
  extra: string | null,
): HTMLElement {
  const rows = rowsAt(model, at, isHidden);
  const columns = [...new Set(rows.flatMap(({ values }) => [...values.keys()]))];
  const isSingle = columns.length <= 1;
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, model.x.told(model.xs[at] ?? 0)),
    ...columns.map((column) => element('th', { scope: 'col' }, isSingle ? '' : column)),
  );
  const body = rows.map(({ key, series, values }) => {
    const name = element('th', { scope: 'row' }, element('i', {}), key);
    name.querySelector('i')?.style.setProperty('background', seriesColor(series.style));
    return element('tr', {}, name, ...columns.map((column) => element('td', {}, values.get(column) ?? '')));
  });
  const note = extra === null ? [] : [element('p', {}, extra)];
  return element(
    'div',
    {},
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)),
    ...note,
  );
}

/** The same in a sentence, to be read out. */
export function readoutWords(model: ChartModel, at: number, isHidden: (key: string) => boolean): string {
  const said = rowsAt(model, at, isHidden).flatMap(({ key, values }) =>
    [...values].map(([column, value]) => `${[key, column].filter(Boolean).join(' ')} ${value}`),
  );
  return `${model.x.told(model.xs[at] ?? 0)}: ${said.join('; ')}`;
}
