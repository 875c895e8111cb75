import type { PageData, PageMetric } from '../../model/report/page-data.js';
import { chartFigure } from './chart-figure.js';
import { choice, element } from './element.js';
import { endpointsOf } from './models/endpoints.js';
import { limitsHiddenAtFirst } from './models/limit-lines.js';
import { loadsChart } from './models/metric-charts.js';

/** Charts of every metric across loads, one at a time; says so where all loads change. */
export function mountOverview(data: PageData, place: HTMLElement): void {
  const known = data.metrics.filter(({ id }) => isKnown(data, id));
  const [first] = known;
  if (!first || loadsChart(data, first) === null) {
    place.append(
      element(
        'p',
        { class: 'chart-none' },
        'No load stays the same, so there is nothing to draw across loads. The time series of each cell shows it.',
      ),
    );
    return;
  }
  const hidden = hiddenAtFirst(data);
  const stage = element('div');
  const show = (metric: PageMetric): void => {
    const model = loadsChart(data, metric);
    if (model) stage.replaceChildren(chartFigure(model, hidden));
  };
  const options = known.map((metric) => ({ text: metric.title, value: metric }));
  place.append(choice('Metric', options, show), stage);
  show(first);
}

/** The endpoints that are turned off until somebody asks for them, and their limits. */
export function hiddenAtFirst(data: PageData): Set<string> {
  const endpoints = endpointsOf(data).flatMap(({ name, isShown }) => (isShown ? [] : [name]));
  return new Set([...endpoints, ...limitsHiddenAtFirst(data)]);
}

/** Whether any cell knows the metric: of a target on another machine, CPU and memory are not. */
export function isKnown({ runs }: PageData, metric: string): boolean {
  return runs.some(({ cells }) => cells.some(({ metrics }) => (metrics[metric] ?? null) !== null));
}
