import { dataTable } from './data-table.js';
import { button, element } from './element.js';
import { heatScale } from './heat-scale.js';
import { legendOf } from './legend.js';
import { columnsOf, keysOf, type ChartModel } from './models/chart-model.js';
import { describeChart } from './models/told-values.js';
import { PlotGroup } from './plot-group.js';
import { onPrinting } from './printing.js';
import { onThemeChange } from './theme.js';
import { whenSeen } from './when-seen.js';

let figures = 0;

/** A chart with its caption, legend, readout and data. `hidden` holds the keys that are turned off, and is changed. */
export function chartFigure(model: ChartModel, hidden: Set<string> = new Set()): HTMLElement {
  figures += 1;
  const hintId = `chart-hint-${figures}`;
  const plots = element('div', {
    class: 'chart-plots',
    tabindex: '0',
    role: 'img',
    'aria-label': describeChart(model),
    'aria-describedby': hintId,
  });
  const readout = element('div', { class: 'chart-readout', 'aria-hidden': 'true', hidden: '' });
  const spoken = element('p', { class: 'chart-spoken', 'aria-live': 'polite' });
  const reset = button('Reset zoom', { class: 'chart-tool', hidden: '' }, () => group.reset());
  const group = new PlotGroup(model, { plots, readout, spoken, reset }, hidden);
  const scale = model.panels.some(({ heat }) => heat) ? heatScale(model) : null;
  const legend = scale?.root ?? legendOf(model, hidden, () => group.update());
  const root = element(
    'figure',
    { class: 'chart' },
    element('figcaption', {}, element('strong', {}, model.title), ...noteOf(model)),
    element(
      'div',
      { class: 'chart-bar' },
      legend,
      element('div', { class: 'chart-tools' }, reset, logSwitch(model, group)),
    ),
    element('div', { class: 'chart-stage' }, plots, readout),
    element('p', { class: 'chart-x' }, model.x.title),
    spoken,
    element(
      'p',
      { class: 'chart-spoken', id: hintId },
      'Arrow keys move the cursor, plus and minus zoom, Escape ends both.',
    ),
    dataTable(model),
  );
  reserve(plots, model);
  onPrinting(root, () => group.resize());
  whenSeen(root, () => {
    scale?.redraw();
    group.draw();
    onThemeChange(root, () => {
      scale?.redraw();
      group.draw();
    });
  });
  return root;
}

/** The height that the chart will take, so that nothing moves when it is drawn. */
function reserve(plots: HTMLElement, { panels }: ChartModel): void {
  const captions = panels.length * 20;
  const heightPx = panels.reduce((sum, panel) => sum + panel.heightPx, 22 + captions);
  plots.style.minHeight = `${heightPx}px`;
}

function noteOf(model: ChartModel): HTMLElement[] {
  const isComparison = columnsOf(model).some((column) => /(^| )B$/.test(column)) && keysOf(model).length > 0;
  const note = [model.note, isComparison ? 'A is drawn solid, B dashed.' : ''].filter(Boolean).join(' ');
  return note === '' ? [] : [element('span', {}, note)];
}

function logSwitch({ panels }: ChartModel, group: PlotGroup): HTMLButtonElement {
  const [first] = panels;
  let isLog = first?.yScale === 'log';
  const made = button('Log scale', { class: 'chart-tool', 'aria-pressed': String(isLog) }, () => {
    isLog = !isLog;
    made.setAttribute('aria-pressed', String(isLog));
    group.setLog(isLog);
  });
  return made;
}
