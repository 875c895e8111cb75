import { plural } from '../../kernel/format.js';
import type { Report } from '../../model/report/report.js';
import { momentOf } from '../moment-words.js';
import { shownName } from '../shown-text.js';
import { html, NOTHING, type Markup } from './markup.js';
import { lengthOf, subjectOf } from './run-words.js';

/** What was tested, when, for how long, and whether it came to its end. */
export function runHeader(report: Report): Markup {
  const { run, cells, name } = report;
  const length = run && lengthOf(run);
  const endpoints = new Set(cells.map(({ record }) => record.subject.id)).size;
  return html`<div class="bar">
      <span class="brand">openapi-bench</span> <button type="button" id="theme" hidden>Dark</button>
    </div>
    <h1>${shownName(subjectOf(report))}</h1>
    <p class="facts">
      ${[
        ...(run ? [fact(html`<time datetime="${run.startedAt}">${momentOf(run.startedAt)}</time>`)] : []),
        ...(typeof length === 'string' ? [fact(html`took ${length}`)] : []),
        fact(html`${plural(endpoints, 'endpoint')}, ${plural(cells.length, 'cell')}`),
        ...(run ? [fact(html`<span class="status ${run.status}">${run.status}</span>`)] : []),
        fact(html`<code>${shownName(name)}</code>`),
      ]}
    </p>
    ${run === null ? html`<p class="facts">What the run was to do is not known: its results.json cannot be read.</p>` : NOTHING}`;
}

function fact(words: Markup): Markup {
  return html`<span>${words}</span>`;
}
