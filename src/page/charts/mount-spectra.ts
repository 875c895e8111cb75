import type { PageData } from '../../model/page-data.js';
import { chartFigure } from './chart-figure.js';
import { button, element } from './element.js';
import { COLORS } from './models/chart-model.js';
import { namedCells, slowestFirst, type NamedCell } from './models/named-cells.js';
import { SPECTRUM_KINDS, spectrumChart, type SpectrumKind } from './models/spectrum-chart.js';

/** So many lines can still be told apart; more can be chosen. */
const AT_FIRST = 4;

/** Latency by percentile of chosen cells over one another. */
export function mountSpectra(data: PageData, place: HTMLElement): void {
  const cells = namedCells(data);
  if (cells.length === 0) return;
  const chosen = new Set(slowestFirst(cells).slice(0, AT_FIRST));
  const kinds = new Set<SpectrumKind>(['response']);
  const stage = element('div');
  const show = (): void => {
    const choices = [...chosen].map(({ name, cell }, at) => ({ name, cell, color: at % COLORS }));
    const shownKinds = KINDS.filter((kind) => kinds.has(kind));
    if (choices.length === 0)
      stage.replaceChildren(element('p', { class: 'chart-none' }, 'Choose a cell to see its latency.'));
    else stage.replaceChildren(chartFigure(spectrumChart(choices, shownKinds)));
  };
  place.append(
    element('div', { class: 'chart-choices' }, kindChoice(kinds, show), cellChoice(cells, chosen, show)),
    stage,
  );
  show();
}

const KINDS = Object.keys(SPECTRUM_KINDS) as SpectrumKind[];

/** Several may be on; one stays. */
function kindChoice(kinds: Set<SpectrumKind>, onChange: () => void): HTMLElement {
  const buttons = KINDS.map((kind) => {
    const made = button(SPECTRUM_KINDS[kind].title, { 'aria-pressed': String(kinds.has(kind)) }, () => {
      if (kinds.has(kind) && kinds.size > 1) kinds.delete(kind);
      else kinds.add(kind);
      made.setAttribute('aria-pressed', String(kinds.has(kind)));
      onChange();
    });
    return made;
  });
  return element(
    'div',
    { class: 'chart-choice', role: 'group', 'aria-label': 'Kind of latency' },
    ...buttons,
  );
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
