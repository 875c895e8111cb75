import type { PageData } from '../../model/report/page-data.js';
import type { PagePair, PagePairs } from '../../model/report/page-pairs.js';
import { element } from './element.js';
import type { LabelledCell } from './models/time-chart.js';
import { mountCells } from './mount-cells.js';
import { whenSeen } from './when-seen.js';

/** A chosen cell of both runs: its latencies and its seconds over one another. */
export function mountPairs(data: PageData, pairs: PagePairs, place: HTMLElement): void {
  const stage = element('div');
  const show = (pair: PagePair | undefined): void => {
    stage.replaceChildren();
    if (pair) mountCells(cellsOf(data, pair), stage);
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
    if (at === undefined) return;
    open(Number(at));
    // So that the same link works again.
    history.replaceState(null, '', '#pair');
  };
  addEventListener('hashchange', follow);
  follow();
}

function cellsOf({ runs }: PageData, { base, candidate }: PagePair): LabelledCell[] {
  return [base, candidate].flatMap((ids, at) => {
    const run = runs[at];
    const repeats = run?.cells.filter(({ id }) => ids.includes(id)) ?? [];
    const [cell] = repeats;
    return run && cell ? [{ label: run.label, cell, repeats }] : [];
  });
}
