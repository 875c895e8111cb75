import './page.css';
import type { PageDetails } from '../model/page-details.js';
import { startCellDialog } from './cell-dialog.js';
import { makeFilterable } from './filter-table.js';
import { pageJson } from './page-json.js';
import { makeSortable } from './sort-table.js';
import { startPrinting, startTheme } from './theme.js';

startTheme(document.getElementById('theme'));
startPrinting();

const table = document.getElementById('cells');
const form = document.getElementById('filters');
if (table instanceof HTMLTableElement) {
  makeSortable(table);
  if (form instanceof HTMLFormElement) makeFilterable(table, form);
}

const details = pageJson('details') as PageDetails | null;
if (details !== null) startCellDialog(details, () => () => undefined);
