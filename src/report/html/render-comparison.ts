import { plural } from '../../kernel/format.js';
import { grouped } from '../../kernel/grouped.js';
import type { Comparison } from '../../model/results/comparison.js';
import type { PagePairs } from '../../model/report/page-pairs.js';
import type { Report, ReportCell } from '../../model/report/report.js';
import { comparisonTables, loneCells, pairsInOrder } from '../comparison-model.js';
import { judgedCells, outcomeWords, worstWords } from '../judged-changes.js';
import { differenceWords, remarksOn, sidesOf } from '../comparison-words.js';
import { comparisonSection } from './comparison-tables.js';
import { judgedSection } from './judged-section.js';
import { shownName, shownText } from '../shown-text.js';
import { loadsSection } from './loads-section.js';
import { html, NOTHING, type Markup } from './markup.js';
import { pageData, pageJson } from './page-data.js';
import { renderPage, type PageAssets } from './render-page.js';

export interface ComparedReports {
  readonly base: Report;
  readonly candidate: Report;
  readonly comparison: Comparison;
}

/** Two runs side by side as one file that needs nothing else. */
export function renderComparisonHtml(
  { base, candidate, comparison }: ComparedReports,
  assets: PageAssets,
): string {
  const [a, b] = sidesOf(comparison);
  const hasPairs = comparison.cells.length > 0;
  const data = pageData([base, named(candidate, comparison)]);
  return renderPage(
    {
      title: `${shownName(a.name)} → ${shownName(b.name)} – openapi-bench`,
      header: header(comparison),
      sections: [
        summary(comparison),
        judgedSection(comparison),
        hasPairs ? loadsSection(data) : NOTHING,
        hasPairs ? comparisonSection(comparisonTables(comparison)) : NOTHING,
        hasPairs ? pairSection(comparison) : NOTHING,
        lone(comparison),
      ],
      footer: footer(comparison),
      data: {
        data: pageJson(data),
        pairs: pageJson(pairsOf(comparison)),
      },
    },
    assets,
  );
}

function pairSection({ cells }: Comparison): Markup {
  const hasRepeats = cells.some(({ base, candidate }) => base.cellIds.length + candidate.cellIds.length > 2);
  return html`<section id="pair" aria-labelledby="pair-title">
    <h2 id="pair-title">One cell in both runs</h2>
    ${
      hasRepeats
        ? html`<p class="soft">
            Of a cell with several repeats, the curves over time and by percentile are the medians, with each repeat
            thin behind; heat-maps and histograms show the first.
          </p>`
        : NOTHING
    }
    <div data-chart="pairs"></div>
  </section>`;
}

function header(comparison: Comparison): Markup {
  const sides = sidesOf(comparison);
  const [a, b] = sides;
  return html`<div class="bar">
      <span class="brand">openapi-bench</span> <button type="button" id="theme" hidden>Dark</button>
    </div>
    <h1>${shownName(a.name)} → ${shownName(b.name)}</h1>
    <dl class="sides">
      ${sides.map(
        ({ label, role, name, facts }) =>
          html`<dt>${label}, ${role}</dt>
            <dd><code>${shownName(name)}</code> <span>${facts}</span></dd>`,
      )}
    </dl>`;
}

function summary(comparison: Comparison): Markup {
  const remarks = remarksOn(comparison);
  const worst = worstWords(judgedCells(comparison));
  return html`<section id="summary" aria-labelledby="summary-title">
    <h2 id="summary-title" class="unseen">Summary</h2>
    ${
      remarks.length === 0
        ? NOTHING
        : html`<div class="remarks" role="note">
            ${remarks.map((remark) => html`<p>${shownText(remark)}</p>`)}
          </div>`
    }
    <p class="verdict-line comparison-count">${outcomeWords(comparison)}.</p>
    ${worst === '' ? NOTHING : html`<p class="lead">Most of all ${worst}.</p>`}
    <p class="soft">${countSentence(comparison)}</p>
    <div class="summary-tables">${differences(comparison)}</div>
  </section>`;
}

function countSentence({ cells, onlyInBase, onlyInCandidate }: Comparison): string {
  const alone = [
    ...(onlyInBase.length > 0 ? [`${onlyInBase.length} only in A`] : []),
    ...(onlyInCandidate.length > 0 ? [`${onlyInCandidate.length} only in B`] : []),
  ];
  return `${[`${plural(cells.length, 'cell')} measured on both sides`, ...alone].join(', ')}.`;
}

function differences(comparison: Comparison): Markup {
  const words = differenceWords(comparison);
  if (words.length === 0) return NOTHING;
  return html`<div>
    <h3>What else differs</h3>
    <div class="scroll" role="region" aria-label="What else differs" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col" class="words">What</th>
            <th scope="col" class="words">A</th>
            <th scope="col" class="words">B</th>
          </tr>
        </thead>
        <tbody>
          ${words.map(
            ({ name, base, candidate }) =>
              html`<tr>
                <th scope="row" class="words">${shownName(name)}</th>
                <td class="words">${base}</td>
                <td class="words">${candidate}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </div>`;
}

function lone(comparison: Comparison): Markup {
  const sides = grouped(loneCells(comparison), ({ label }) => label);
  if (sides.size === 0) return NOTHING;
  return html`<section id="lone" aria-labelledby="lone-title">
    <h2 id="lone-title">On one side only</h2>
    ${[...sides].map(
      ([label, groups]) =>
        html`<h3>Only in ${label}</h3>
          <ul class="reasons">
            ${groups.map(
              ({ title, names }) =>
                html`<li>
                  ${shownText(title)}
                  <p class="soft">${names.map(shownName).join(', ')}</p>
                </li>`,
            )}
          </ul>`,
    )}
  </section>`;
}

function footer({ candidate }: Comparison): Markup {
  const version = candidate.toolVersion === null ? '' : ` ${shownName(candidate.toolVersion)}`;
  return html`<p>
    Made by openapi-bench${version}. Response time counts from the moment a request was due. Memory: resident,
    of the whole process tree; shared pages count for each process. 1 MB = 1,048,576 bytes.
  </p>`;
}

function pairsOf(comparison: Comparison): PagePairs {
  return pairsInOrder(comparison).map(({ name, base, candidate }) => ({
    name,
    base: base.cellIds,
    candidate: candidate.cellIds,
  }));
}

/** An operation that got another id has one line in the charts, by the name that the base has for it. */
function named(candidate: Report, { cells }: Comparison): Report {
  const names = new Map(
    cells.flatMap((pair) => pair.candidate.cellIds.map((id) => [id, pair.base.subject.id] as const)),
  );
  const renamed = ({ record, ...rest }: ReportCell): ReportCell => {
    const id = names.get(record.id) ?? record.subject.id;
    return { ...rest, record: { ...record, subject: { ...record.subject, id } } };
  };
  return { ...candidate, cells: candidate.cells.map(renamed) };
}
