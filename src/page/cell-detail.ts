import type { PageDetail, PageDetails } from '../model/report/page-details.js';
import { element } from './charts/element.js';

const MARKS = { VALID: '✓', SUSPECT: '▲', INVALID: '✕' } as const;

/** Everything but the charts of one cell. */
export function cellDetail(detail: PageDetail, details: PageDetails): HTMLElement[] {
  const { conditions, request, verdict } = detail;
  const mark = element('span', { class: `mark ${verdict.toLowerCase()}` }, `${MARKS[verdict]} ${verdict}`);
  return [
    element('p', { class: 'facts' }, element('code', {}, request), element('span', {}, conditions), mark),
    ...reasonsOf(detail),
    latencyTable(detail, details),
    element(
      'div',
      { class: 'fact-lists' },
      ...details.facts.map((list, at) => factList(list, detail.facts[at] ?? [])),
    ),
  ];
}

function reasonsOf({ reasons }: PageDetail): HTMLElement[] {
  return reasons.map(([id, message, remedy]) =>
    element(
      'p',
      { class: 'reason' },
      element('code', {}, id),
      ` ${message}`,
      ...(remedy === '' ? [] : [element('span', { class: 'soft' }, ` What to do: ${remedy}`)]),
    ),
  );
}

function latencyTable({ latency }: PageDetail, { latencyColumns, latencyRows }: PageDetails): HTMLElement {
  const head = element(
    'tr',
    {},
    heading('col', 'name', 'ms'),
    ...latencyColumns.map((name) => heading('col', '', name)),
  );
  const rows = latencyRows.flatMap(([name, meaning], at) => {
    const figures = latency[at] ?? [];
    if (figures.length === 0) return [];
    const row = element('tr', {}, heading('row', 'name', name));
    row.title = meaning;
    row.append(...figures.map((figure) => element('td', {}, figure)));
    return row;
  });
  const table = element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
  const box = element('div', { class: 'scroll' }, table);
  box.tabIndex = 0;
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', 'Latency in milliseconds');
  return box;
}

function heading(scope: 'row' | 'col', classes: string, text: string): HTMLTableCellElement {
  const made = element('th', classes === '' ? {} : { class: classes }, text);
  made.scope = scope;
  return made;
}

function factList({ title, names }: PageDetails['facts'][number], values: readonly string[]): HTMLElement {
  const pairs = names.map((name, at) =>
    element('div', {}, element('dt', {}, name), element('dd', {}, values[at] ?? '–')),
  );
  return element('section', {}, element('h3', {}, title), element('dl', { class: 'pairs' }, ...pairs));
}
