import { chartFigure } from './chart-figure.js';
import { element } from './element.js';
import { distributionChart } from './models/distribution-chart.js';
import { heatChart } from './models/heat-chart.js';
import { linesOfCell, spectrumChart } from './models/spectrum-chart.js';
import { timeChart, type LabelledCell } from './models/time-chart.js';

/** All charts of a cell; of a comparison, of the same cell in both runs, the base first. */
export function mountCells(runs: readonly LabelledCell[], place: HTMLElement): void {
  // One run has nothing to be told apart from.
  const cells = runs.length > 1 ? runs : runs.map((run) => ({ ...run, label: '' }));
  place.append(
    chartFigure(timeChart(cells)),
    chartFigure(spectrumChart(linesOfCell(cells))),
    ...cells.flatMap((labelled) => ofOneCell(labelled)),
  );
}

function ofOneCell({ label, cell }: LabelledCell): HTMLElement[] {
  const charts = [heatChart(cell), distributionChart(cell)].filter((model) => model !== null);
  if (charts.length === 0) {
    const words =
      'The distribution of each second was not kept or could not be read, so there is no heat-map.';
    return [element('p', { class: 'chart-none' }, words)];
  }
  return charts.map((model) =>
    chartFigure(label === '' ? model : { ...model, title: `${label}: ${model.title}` }),
  );
}
