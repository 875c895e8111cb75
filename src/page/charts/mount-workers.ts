import type { PageData, PageMetric } from '../../model/report/page-data.js';
import { chartFigure } from './chart-figure.js';
import { choice, element } from './element.js';
import { ratesOfScaling, SPEED_UP, workersChart } from './models/worker-charts.js';
import { hiddenAtFirst, isKnown } from './mount-overview.js';

/** Charts of every metric across numbers of workers, at one rate at a time. Nothing without several of them. */
export function mountWorkers(data: PageData, place: HTMLElement): void {
  const rates = ratesOfScaling(data);
  const [highest] = rates;
  if (highest === undefined) return;
  const metrics = [SPEED_UP, ...data.metrics.filter(({ id }) => isKnown(data, id))];
  const hidden = hiddenAtFirst(data);
  const stage = element('div');
  let shown: { rate: number; metric: PageMetric } = { rate: highest, metric: SPEED_UP };
  const show = (change: Partial<typeof shown>): void => {
    shown = { ...shown, ...change };
    const model = workersChart(data, shown.metric, shown.rate);
    if (model) stage.replaceChildren(chartFigure(model, hidden));
  };
  const ofRate = rates.map((rate) => ({ text: `${rate}/s`, value: rate }));
  const ofMetric = metrics.map((metric) => ({ text: metric.title, value: metric }));
  place.append(
    ...(rates.length > 1 ? [choice('Target rate', ofRate, (rate) => show({ rate }))] : []),
    choice('Metric', ofMetric, (metric) => show({ metric })),
    stage,
  );
  show({});
}
