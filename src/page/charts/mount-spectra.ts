import type { PageData } from '../../model/report/page-data.js';
import { chartFigure } from './chart-figure.js';
import { choice, element } from './element.js';
import { COLORS } from './models/chart-model.js';
import { namedCells, slowestFirst, type NamedCell } from './models/named-cells.js';
import { lineOfRun } from './models/metric-series.js';
import {
  SPECTRUM_KINDS,
  spectrumChart,
  type SpectrumKind,
  type SpectrumLine,
} from './models/spectrum-chart.js';

/** So many lines can still be told apart; more can be chosen. */
const AT_FIRST = 4;

/** Latency by percentile of chosen cells over one another. */
export function mountSpectra(data: PageData, place: HTMLElement): void {
  const cells = namedCells(data);
  if (cells.length === 0) return;
  const chosen = new Set(slowestFirst(cells).slice(0, AT_FIRST));
  let kind: SpectrumKind = 'response';
  const stage = element('div');
  const show = (): void => {
    const lines = [...chosen].flatMap((cell, at) => linesOf(cell, at % COLORS, kind));
    const model = { ...spectrumChart(lines), title: `${SPECTRUM_KINDS[kind].title} by percentile` };
    const none = element('p', { class: 'chart-none' }, 'Choose a cell to see its latency.');
    stage.replaceChildren(lines.length === 0 ? none : chartFigure(model));
  };
  const kinds = (Object.keys(SPECTRUM_KINDS) as SpectrumKind[]).map((value) => ({
    text: SPECTRUM_KINDS[value].title,
    value,
  }));
  const kindChoice = choice('Kind of latency', kinds, (value) => {
    kind = value;
    show();
  });
  place.append(
    element('div', { class: 'chart-choices' }, kindChoice, cellChoice(cells, chosen, show)),
    stage,
  );
  show();
}

function linesOf({ name, cells }: NamedCell, color: number, kind: SpectrumKind): SpectrumLine[] {
  return cells.map(({ label, cell }, run) => ({
    key: name,
    column: label,
    color,
    line: lineOfRun(run),
    spectra: [cell.spectra[kind]],
  }));
}

/** A list to choose cells from, made when it is unfolded: there may be a thousand. */
function cellChoice(cells: readonly NamedCell[], chosen: Set<NamedCell>, onChange: () => void): HTMLElement {
  const summary = element('summary');
  const details = element('details', { class: 'chart-cells' }, summary);
  const count = (): void => {
    summary.textContent = `Choose cells (${chosen.size} of ${cells.length})`;
  };
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1)
      details.append(
        listOf(cells, chosen, () => {
          count();
          onChange();
        }),
      );
  });
  count();
  return details;
}

function listOf(cells: readonly NamedCell[], chosen: Set<NamedCell>, onChange: () => void): HTMLElement {
  const entries = cells.map((cell) => {
    const box = element('input', { type: 'checkbox' });
    box.checked = chosen.has(cell);
    box.addEventListener('change', () => {
      if (box.checked) chosen.add(cell);
      else chosen.delete(cell);
      onChange();
    });
    return { name: cell.name.toLowerCase(), root: element('label', {}, box, cell.name) };
  });
  const search = element('input', {
    type: 'search',
    placeholder: 'Filter',
    'aria-label': 'Filter the cells to choose from',
  });
  search.addEventListener('input', () => {
    const wanted = search.value.trim().toLowerCase();
    for (const { name, root } of entries) root.hidden = !name.includes(wanted);
  });
  return element('div', { class: 'chart-cell-list' }, search, ...entries.map(({ root }) => root));
}
