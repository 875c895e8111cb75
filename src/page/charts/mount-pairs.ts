import type { PageCell, PageData } from '../../model/page-data.js';
import type { PagePair, PagePairs } from '../../model/page-pairs.js';
import { chartFigure } from './chart-figure.js';
import { element } from './element.js';
import { heatChart } from './models/heat-chart.js';
import { spectrumChart } from './models/spectrum-chart.js';
import { timeChart } from './models/time-chart.js';
import { whenSeen } from './when-seen.js';

/** A chosen cell of both runs: its latencies and its seconds over one another. */
export function mountPairs(data: PageData, pairs: PagePairs, place: HTMLElement): void {
  const stage = element('div');
  const show = (pair: PagePair | undefined): void => {
    const cells = pair && cellsOf(data, pair);
    if (cells) stage.replaceChildren(...chartsOf(cells));
  };
  const select = element('select', {}, ...pairs.map(({ name }) => element('option', {}, name)));
  select.addEventListener('change', () => show(pairs[select.selectedIndex]));
  place.append(element('label', { class: 'pair-choice' }, 'Cell', select), stage);
  whenSeen(stage, () => show(pairs[select.selectedIndex]));
  followLinks((at) => {
    if (at >= pairs.length) return;
    select.selectedIndex = at;
    show(pairs[at]);
    place.closest('section')?.scrollIntoView();
    select.focus({ preventScroll: true });
  });
}

/** The tables lead to a pair by its position: `#pair-3`. */
function followLinks(open: (at: number) => void): void {
  const follow = (): void => {
    const at = /^#pair-(\d+)$/.exec(location.hash)?.[1];
    if (at !== undefined) open(Number(at));
  };
  addEventListener('hashchange', follow);
  follow();
}

type BothCells = readonly { readonly label: string; readonly cell: PageCell }[];

function cellsOf({ runs }: PageData, { base, candidate }: PagePair): BothCells {
  return [base, candidate].flatMap((id, at) => {
    const run = runs[at];
    const cell = run?.cells.find((each) => each.id === id);
    return run && cell ? [{ label: run.label, cell }] : [];
  });
}

function chartsOf(cells: BothCells): HTMLElement[] {
  const named = cells.map(({ label, cell }, color) => ({ name: label, color, cell }));
  const heats = cells.flatMap(({ label, cell }) => {
    const model = heatChart(cell);
    return model === null ? [] : [{ ...model, title: `${label}: ${model.title}` }];
  });
  return [spectrumChart(named, ['response']), timeChart(cells), ...heats].map((model) => chartFigure(model));
}
