import { element } from './element.js';
import { heatRows } from './models/heat-chart.js';
import type { ChartModel } from './models/chart-model.js';
import { toldAt } from './models/told-values.js';

/** All that a chart shows as a table, made when it is unfolded. */
export function dataTable(model: ChartModel): HTMLDetailsElement {
  const details = element('details', { class: 'chart-data' }, element('summary', {}, 'Show data'));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(boxed(model));
  });
  return details;
}

function boxed(model: ChartModel): HTMLElement {
  const { heads, rows } = contents(model);
  const table = element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
    element(
      'tbody',
      {},
      ...rows.map(([first = '', ...rest]) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, first),
          ...rest.map((cell) => element('td', {}, cell)),
        ),
      ),
    ),
  );
  // A box that scrolls must be within reach of the keyboard.
  return element(
    'div',
    { class: 'chart-data-box', tabindex: '0', role: 'region', 'aria-label': `Data: ${model.title}` },
    table,
  );
}

function contents(model: ChartModel): { heads: string[]; rows: string[][] } {
  const heat = model.panels[0]?.heat?.heat;
  if (heat) return { heads: ['Time', 'Response time', 'Answers'], rows: heatRows(heat) };
  const columns = model.panels.flatMap((panel) => panel.series.map((series) => ({ panel, series })));
  return {
    heads: [
      model.x.title,
      ...columns.map(({ series: { key, column } }) => (column === '' ? key : `${key} (${column})`)),
    ],
    rows: model.xs.map((x, at) => [
      model.x.told(x),
      ...columns.map(({ panel, series }) => toldAt(series, panel, at)),
    ]),
  };
}
