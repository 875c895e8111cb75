import type uPlot from 'uplot';
import { element } from './element.js';
import type { ChartModel, Panel } from './models/chart-model.js';
import { plotPanel, showSeries, type PanelEvents } from './plot-panel.js';
import { chartWidthPx } from './printing.js';
import { readoutTable, readoutWords } from './readout.js';

export interface ChartParts {
  readonly plots: HTMLElement;
  readonly readout: HTMLElement;
  /** Read out when the cursor is moved by keys. */
  readonly spoken: HTMLElement;
  readonly reset: HTMLElement;
}

interface DrawnPanel {
  readonly panel: Panel;
  readonly plot: uPlot;
}

/** The panels of a chart: one cursor, one zoom, one readout. */
export class PlotGroup {
  readonly #model: ChartModel;
  readonly #parts: ChartParts;
  readonly #hidden: ReadonlySet<string>;
  #isLog: boolean | null = null;
  #range: readonly [number, number];
  #drawn: readonly DrawnPanel[] = [];
  #at: number | null = null;
  #isMoving = false;

  constructor(model: ChartModel, parts: ChartParts, hidden: ReadonlySet<string>) {
    this.#model = model;
    this.#parts = parts;
    this.#hidden = hidden;
    this.#range = model.x.range;
    parts.plots.addEventListener('keydown', (event) => this.#onKey(event));
    parts.plots.addEventListener('blur', () => this.#leave());
    const sizes = new ResizeObserver(() => this.resize());
    sizes.observe(parts.plots);
  }

  /** Draws all panels, anew if they were. */
  draw(): void {
    this.#leave();
    for (const { plot } of this.#drawn) plot.destroy();
    this.#parts.plots.replaceChildren();
    const { panels } = this.#model;
    this.#drawn = panels.map((panel, at) => this.#drawPanel(panel, at === panels.length - 1));
    this.#zoom(this.#range);
  }

  /** After the legend has changed what is hidden. */
  update(): void {
    for (const { plot, panel } of this.#drawn) showSeries(plot, panel, this.#isHidden);
  }

  setLog(isLog: boolean): void {
    this.#isLog = isLog;
    this.draw();
  }

  reset(): void {
    this.#zoom(this.#model.x.range);
  }

  readonly #isHidden = (key: string): boolean => this.#hidden.has(key);

  #drawPanel(panel: Panel, isLast: boolean): DrawnPanel {
    const { plots } = this.#parts;
    const unit = panel.unit === '' ? '' : `, ${panel.unit}`;
    const isLog = this.#isLog ?? panel.yScale === 'log';
    const title = `${panel.title}${unit}${isLog ? ', logarithmic' : ''}`;
    const parent = element('div', { class: 'chart-panel' }, element('p', {}, title));
    plots.append(parent);
    const widthPx = Math.max(200, chartWidthPx(plots));
    return { panel, plot: plotPanel(this.#model, panel, { isLast, isLog, widthPx, parent }, this.#events) };
  }

  readonly #events: PanelEvents = {
    onCursor: (plot, at) => this.#onCursor(plot, at),
    onZoom: (min, max) => this.#zoom([min, max]),
    onReset: () => this.reset(),
    isHidden: (key) => this.#hidden.has(key),
  };

  #zoom([min, max]: readonly [number, number]): void {
    const [first, last] = this.#model.x.range;
    this.#range = [Math.max(first, min), Math.min(last, max)];
    for (const { plot } of this.#drawn) plot.setScale('x', { min: this.#range[0], max: this.#range[1] });
    this.#parts.reset.hidden = this.#range[0] === first && this.#range[1] === last;
  }

  #onCursor(from: uPlot, at: number | null): void {
    if (this.#isMoving) return;
    const left = from.cursor.left ?? -1;
    if (at === null || left < 0) this.#leave();
    else {
      this.#moveAll(left, from);
      this.#tell(at, left, this.#extraOf(from, at));
    }
  }

  #moveAll(left: number, from: uPlot | null): void {
    this.#isMoving = true;
    for (const { plot } of this.#drawn) if (plot !== from) plot.setCursor({ left, top: left < 0 ? -1 : 0 });
    this.#isMoving = false;
  }

  /** What only the place of the pointer tells: a field of the heat-map. */
  #extraOf(plot: uPlot, at: number): string | null {
    const heat = this.#drawn.find((drawn) => drawn.plot === plot)?.panel.heat;
    return heat?.told(at, plot.posToVal(plot.cursor.top ?? 0, 'y')) ?? null;
  }

  #tell(at: number, left: number, extra: string | null): void {
    const { readout, plots } = this.#parts;
    this.#at = at;
    readout.replaceChildren(readoutTable(this.#model, at, this.#isHidden, extra));
    readout.hidden = false;
    const [plot] = this.#drawn;
    if (!plot) return;
    const cursor = plot.plot.over.offsetLeft + left;
    const room = plots.clientWidth;
    const width = readout.offsetWidth;
    const beside = cursor > room / 2 ? cursor - width - 14 : cursor + 14;
    readout.style.left = `${Math.max(0, Math.min(room - width, beside))}px`;
  }

  #leave(): void {
    this.#at = null;
    this.#parts.readout.hidden = true;
    this.#moveAll(-10, null);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    if (step !== undefined) this.#step(step);
    else if (event.key === '+' || event.key === '-') this.#zoomBy(event.key === '+' ? 0.5 : 2);
    else if (event.key === 'Escape' && (this.#at !== null || !this.#parts.reset.hidden)) {
      this.#leave();
      this.reset();
    } else return;
    event.preventDefault();
  }

  #step(step: number): void {
    const [first] = this.#drawn;
    if (!first) return;
    const { xs } = this.#model;
    const inSight = xs.flatMap((x, at) => (x >= this.#range[0] && x <= this.#range[1] ? [at] : []));
    const [lowest = 0, highest = 0] = [inSight[0], inSight.at(-1)];
    const from = this.#at ?? (step > 0 ? lowest - 1 : highest + 1);
    const at = Math.min(highest, Math.max(lowest, from + step));
    const left = first.plot.valToPos(xs[at] ?? 0, 'x');
    this.#moveAll(left, null);
    this.#tell(at, left, null);
    this.#parts.spoken.textContent = readoutWords(this.#model, at, this.#isHidden);
  }

  /** Around the cursor, or the middle of what is seen. */
  #zoomBy(factor: number): void {
    const isLog = this.#model.x.isLog;
    const inward = isLog ? Math.log : (value: number) => value;
    const outward = isLog ? Math.exp : (value: number) => value;
    const [min, max] = [inward(this.#range[0]), inward(this.#range[1])];
    const center = this.#at === null ? (min + max) / 2 : inward(this.#model.xs[this.#at] ?? 1);
    const half = ((max - min) * factor) / 2;
    this.#zoom([outward(center - half), outward(center + half)]);
  }

  resize(): void {
    const widthPx = chartWidthPx(this.#parts.plots);
    for (const { plot } of this.#drawn) {
      if (widthPx > 0 && widthPx !== plot.width) plot.setSize({ width: widthPx, height: plot.height });
    }
  }
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: -10,
  PageDown: 10,
  Home: -1e9,
  End: 1e9,
};
