import './page.css';
import type { PageData } from '../model/report/page-data.js';
import type { PageDetails } from '../model/report/page-details.js';
import type { PagePairs } from '../model/report/page-pairs.js';
import { startCellDialog } from './cell-dialog.js';
import { mountCells, mountOverview, mountPairs, mountSpectra, mountWorkers } from './charts/index.js';
import { whenSeen } from './charts/when-seen.js';
import { makeFilterable } from './filter-table.js';
import { pageJson } from './page-json.js';
import { makeSortable } from './sort-table.js';
import { startPrinting, startTheme } from './theme.js';

startTheme(document.getElementById('theme'));
startPrinting();
startTable();
startCharts(pageJson('data') as PageData | null, pageJson('details') as PageDetails | null);

function startTable(): void {
  const table = document.getElementById('cells');
  const form = document.getElementById('filters');
  if (!(table instanceof HTMLTableElement)) return;
  makeSortable(table);
  if (form instanceof HTMLFormElement) makeFilterable(table, form);
}

function startCharts(data: PageData | null, details: PageDetails | null): void {
  if (data === null) return;
  mountAt('rates', (place) => mountOverview(data, place));
  mountAt('scaling', (place) => mountWorkers(data, place));
  mountAt('spectra', (place) => mountSpectra(data, place));
  const pairs = document.querySelector<HTMLElement>('[data-chart="pairs"]');
  if (pairs) mountPairs(data, pageJson('pairs') as PagePairs, pairs);
  if (details === null) return;
  startCellDialog(details, (id, place) => {
    const [run] = data.runs;
    const cell = run?.cells.find((each) => each.id === id);
    if (run && cell) mountCells([{ label: run.label, cell }], place);
  });
}

function mountAt(name: string, mount: (place: HTMLElement) => void): void {
  const place = document.querySelector<HTMLElement>(`[data-chart="${name}"]`);
  if (place) whenSeen(place, () => mount(place));
}
