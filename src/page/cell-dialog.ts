import type { PageDetails } from '../model/report/page-details.js';
import { cellDetail } from './cell-detail.js';
import { element } from './charts/element.js';

const PREFIX = '#cell-';

/** Draws the charts of a cell into a place. */
export type DrawCell = (id: string, place: HTMLElement) => void;

/** The address says which cell is open, so that it can be linked, and the browser's way back closes it. */
export function startCellDialog(details: PageDetails, draw: DrawCell): void {
  const view = dialogView();
  const positions = new Map(details.cells.map(({ id }, at) => [id, at]));
  const follow = (): void => {
    const at = positions.get(openCell() ?? '');
    const detail = at === undefined ? undefined : details.cells[at];
    if (at === undefined || detail === undefined) {
      view.dialog.close();
      return;
    }
    const charts = element('div', {});
    charts.dataset['chart'] = 'cell';
    view.title.textContent = detail.title;
    view.body.replaceChildren(...cellDetail(detail, details), charts);
    link(view.previous, details.cells[at - 1]?.id);
    link(view.next, details.cells[at + 1]?.id);
    // The charts measure their place, which has no size before.
    if (!view.dialog.open) view.dialog.showModal();
    view.dialog.scrollTop = 0;
    draw(detail.id, charts);
  };
  view.dialog.addEventListener('close', () => {
    view.body.replaceChildren();
    if (openCell() !== null) history.pushState(null, '', location.pathname + location.search);
  });
  addEventListener('hashchange', follow);
  startPrintingOf(view.dialog);
  openRows();
  follow();
}

/** Printed is what is open. What lies over the page has no second page on paper, so its content moves for the time. */
function startPrintingOf(dialog: HTMLDialogElement): void {
  const printed = element('div', { class: 'cell printed' });
  let seen = { focused: document.activeElement, scrollTop: 0 };
  addEventListener('beforeprint', () => {
    if (!dialog.open) return;
    seen = { focused: document.activeElement, scrollTop: dialog.scrollTop };
    printed.append(...dialog.childNodes);
    document.body.append(printed);
  });
  addEventListener('afterprint', () => {
    if (!printed.isConnected) return;
    dialog.append(...printed.childNodes);
    printed.remove();
    dialog.scrollTop = seen.scrollTop;
    if (seen.focused instanceof HTMLElement) seen.focused.focus({ preventScroll: true });
  });
}

/** The whole row leads where the name leads. */
function openRows(): void {
  document.querySelector('#cells tbody')?.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element) || target.closest('a') || getSelection()?.isCollapsed === false) return;
    target.closest('tr')?.querySelector('a')?.click();
  });
}

interface DialogView {
  readonly dialog: HTMLDialogElement;
  readonly title: HTMLElement;
  readonly body: HTMLElement;
  readonly previous: HTMLAnchorElement;
  readonly next: HTMLAnchorElement;
}

function dialogView(): DialogView {
  const title = element('h2', {});
  title.id = 'cell-title';
  const previous = element('a', {}, 'Previous');
  const next = element('a', {}, 'Next');
  const close = element('button', {}, 'Close');
  close.type = 'button';
  const body = element('div', {});
  const bar = element('div', { class: 'bar' }, title, element('nav', {}, previous, next, close));
  bar.querySelector('nav')?.setAttribute('aria-label', 'Cells');
  const dialog = element('dialog', { class: 'cell' }, bar, body);
  dialog.setAttribute('aria-labelledby', title.id);
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close(); // The backdrop counts as the dialog itself.
  });
  document.body.append(dialog);
  return { dialog, title, body, previous, next };
}

function link(anchor: HTMLAnchorElement, id: string | undefined): void {
  anchor.hidden = id === undefined;
  anchor.href = id === undefined ? '#' : PREFIX + encodeURIComponent(id);
}

/** The id of the cell in the address. */
function openCell(): string | null {
  if (!location.hash.startsWith(PREFIX)) return null;
  try {
    return decodeURIComponent(location.hash.slice(PREFIX.length));
  } catch {
    return null; // Not an encoding of anything: somebody typed it.
  }
}
