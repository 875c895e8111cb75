import type { PageData, PageMetric } from '../../model/report/page-data.js';
import { chartFigure } from './chart-figure.js';
import { choice, element } from './element.js';
import { loadsOfScaling, SPEED_UP, workersChart } from './models/worker-charts.js';
import { hiddenAtFirst, isKnown } from './mount-overview.js';

/** Charts of every metric across numbers of workers, under one load at a time. Nothing without several of them. */
export function mountWorkers(data: PageData, place: HTMLElement): void {
  const loads = loadsOfScaling(data);
  const [heaviest] = loads;
  if (heaviest === undefined) return;
  const metrics = [SPEED_UP, ...data.metrics.filter(({ id }) => isKnown(data, id))];
  const hidden = hiddenAtFirst(data);
  const stage = element('div');
  let shown: { x: number; metric: PageMetric } = { x: heaviest.x, metric: SPEED_UP };
  const show = (change: Partial<typeof shown>): void => {
    shown = { ...shown, ...change };
    const model = workersChart(data, shown.metric, shown.x);
    if (model) stage.replaceChildren(chartFigure(model, hidden));
  };
  const ofLoad = loads.map(({ x, label }) => ({ text: label, value: x }));
  const ofMetric = metrics.map((metric) => ({ text: metric.title, value: metric }));
  place.append(
    ...(loads.length > 1 ? [choice('Load', ofLoad, (x) => show({ x }))] : []),
    choice('Metric', ofMetric, (metric) => show({ metric })),
    stage,
  );
  show({});
}
