import { chartFigure } from './chart-figure.js';
import { element } from './element.js';
import { distributionChart } from './models/distribution-chart.js';
import { heatChart } from './models/heat-chart.js';
import { spectrumChart } from './models/spectrum-chart.js';
import { timeChart, type LabelledCell } from './models/time-chart.js';

/** All charts of a cell; of a comparison, of the same cell in both runs, the base first. */
export function mountCells(cells: readonly LabelledCell[], place: HTMLElement): void {
  place.append(
    chartFigure(timeChart(cells)),
    ...cells.flatMap((labelled) => ofOneCell(labelled, cells.length > 1)),
  );
}

function ofOneCell({ label, cell }: LabelledCell, isComparison: boolean): HTMLElement[] {
  const charts = [
    spectrumChart([{ name: '', color: 0, cell }], ['response', 'service', 'sendLag']),
    heatChart(cell),
    distributionChart(cell),
  ].filter((model) => model !== null);
  const figures = charts.map((model) =>
    chartFigure(isComparison ? { ...model, title: `${label}: ${model.title}` } : model),
  );
  if (cell.heat !== null) return figures;
  return [
    ...figures,
    element(
      'p',
      { class: 'chart-none' },
      'The distribution of each second was not kept or could not be read, so there is no heat-map.',
    ),
  ];
}
