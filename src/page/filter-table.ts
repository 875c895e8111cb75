/** Shows the rows of a table that meet all that is set in a form of controls. */
export function makeFilterable(table: HTMLTableElement, form: HTMLFormElement): void {
  const rows = [...(table.tBodies.item(0)?.rows ?? [])].map((row) => ({ row, text: searchText(row) }));
  const shown = form.elements.namedItem('shown');
  const all = form.elements.namedItem('all');
  let most = all instanceof HTMLButtonElement ? Number(all.dataset['first']) : Infinity;
  const apply = (): void => {
    const chosen = new FormData(form);
    let count = 0;
    for (const { row, text } of rows) {
      row.hidden = !matches(row, text, chosen);
      if (!row.hidden) count += 1;
    }
    if (shown instanceof HTMLOutputElement) shown.value = shownWords(count, most, rows.length);
    if (all instanceof HTMLButtonElement) all.hidden = count <= most;
  };
  form.hidden = false;
  if (all instanceof HTMLButtonElement) {
    all.addEventListener('click', () => {
      most = Infinity;
      table.parentElement?.classList.remove('short');
      apply();
    });
  }
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  // Browsers bring back what was typed before a reload.
  apply();
}

function shownWords(count: number, most: number, all: number): string {
  return count > most ? `the first ${most} of ${count} shown` : `${count} of ${all} shown`;
}

function searchText(row: HTMLTableRowElement): string {
  const name = row.querySelector('a');
  return `${name?.textContent ?? ''} ${name?.title ?? ''}`.toLowerCase();
}

function matches(row: HTMLTableRowElement, text: string, chosen: FormData): boolean {
  const wanted = wordOf(chosen, 'text').trim().toLowerCase();
  const isFound = wanted.split(/\s+/).every((word) => text.includes(word));
  return (
    isFound &&
    ['verdict', 'load', 'workers', 'case'].every((name) => {
      const value = wordOf(chosen, name);
      return value === '' || row.dataset[name] === value;
    })
  );
}

function wordOf(chosen: FormData, name: string): string {
  const value = chosen.get(name);
  return typeof value === 'string' ? value : '';
}
