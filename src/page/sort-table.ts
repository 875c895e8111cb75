type Order = 'ascending' | 'descending';

const VERDICT_RANK: Readonly<Record<string, number>> = { INVALID: 0, SUSPECT: 1, VALID: 2 };

/** Turns the headings of columns into buttons that sort the rows. */
export function makeSortable(table: HTMLTableElement): void {
  const headings = [...(table.tHead?.rows.item(table.tHead.rows.length - 1)?.cells ?? [])];
  headings.forEach((heading, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      const order = nextOrder(heading);
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', order);
      sortRows(table, column, order);
    });
  });
}

/** Of figures the highest come first: that is what people look for. */
function nextOrder(heading: HTMLTableCellElement): Order {
  const current = heading.getAttribute('aria-sort');
  if (current === null) return heading.matches('.name, .verdict') ? 'ascending' : 'descending';
  return current === 'ascending' ? 'descending' : 'ascending';
}

function sortRows(table: HTMLTableElement, column: number, order: Order): void {
  const body = table.tBodies.item(0);
  if (body === null) return;
  const sign = order === 'ascending' ? 1 : -1;
  const keyed = [...body.rows].map((row) => ({ row, key: sortKey(row.cells.item(column)) }));
  keyed.sort((a, b) => compareKeys(a.key, b.key, sign));
  body.append(...keyed.map(({ row }) => row));
}

type SortKey = number | string | null;

/** `null` = not known. */
function sortKey(cell: HTMLTableCellElement | null): SortKey {
  if (cell === null) return null;
  const text = cell.textContent.trim();
  if (cell.matches('.name')) return text;
  if (cell.matches('.verdict')) return VERDICT_RANK[text.split(' ').at(-1) ?? ''] ?? null;
  const value = Number.parseFloat(cell.dataset['sort'] ?? text.replace(/^[≥~>]+/u, ''));
  return Number.isNaN(value) ? null : value;
}

/** What is not known stays at the end in either order. */
function compareKeys(a: SortKey, b: SortKey, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'string' || typeof b === 'string') return sign * String(a).localeCompare(String(b));
  return sign * (a - b);
}
