import type { Report } from '../../model/report/report.js';
import { aboutRun } from './about-run.js';
import { atAGlance } from './at-a-glance.js';
import { casesSection } from './cases-section.js';
import { databasesSection } from './databases-section.js';
import { cellsTable } from './cells-table.js';
import { filters } from './filters.js';
import { failures, reasons } from './reasons.js';
import { variedConditions } from '../load-words.js';
import { shownName } from '../shown-text.js';
import { loadsSection } from './loads-section.js';
import { html, NOTHING, type Markup } from './markup.js';
import { objectivesSection } from './objectives-section.js';
import { pageData, pageJson } from './page-data.js';
import { pageDetails } from './page-details.js';
import { renderPage, type PageAssets } from './render-page.js';
import { runHeader } from './run-header.js';
import { subjectOf } from './run-words.js';
import { scalingSection } from './scaling-section.js';
import { workersSection } from './workers-section.js';
import { twinsSection } from './twins-section.js';
import { summary } from './summary.js';

export type { PageAssets } from './render-page.js';

/** A whole report as one file that needs nothing else. */
export function renderHtml(report: Report, assets: PageAssets): string {
  const records = report.cells.map(({ record }) => record);
  const varied = variedConditions(records);
  const hasCells = records.length > 0;
  const data = pageData([report]);
  return renderPage(
    {
      title: `${shownName(subjectOf(report))} – openapi-bench`,
      header: runHeader(report),
      sections: [
        summary(report),
        objectivesSection(report),
        hasCells ? atAGlance(report) : NOTHING,
        html`${casesSection(report)}${twinsSection(report)}${databasesSection(records)}`,
        hasCells ? loadsSection(data) : NOTHING,
        scalingSection(report.analysis.scaling),
        workersSection(report),
        hasCells ? SPECTRA : NOTHING,
        hasCells ? allCells(report) : NOTHING,
        reasons(records, varied),
        failures(records, varied),
        aboutRun(report),
      ],
      footer: footer(report),
      data: { data: pageJson(data), details: pageJson(pageDetails(records)) },
    },
    assets,
  );
}

const SPECTRA = html`<section id="spectra" aria-labelledby="spectra-title">
  <h2 id="spectra-title">Latency distribution</h2>
  <div data-chart="spectra"></div>
</section>`;

function allCells({ cells }: Report): Markup {
  const records = cells.map(({ record }) => record);
  return html`<section id="all" aria-labelledby="all-title">
    <h2 id="all-title">All cells</h2>
    <p class="soft">
      Response time counts from the moment a request was due. ≥ marks figures that are only lower bounds,
      since some requests never ended; – is not known. The name of an endpoint opens everything that is known
      of its cell.
    </p>
    ${filters(records)} ${cellsTable(records, variedConditions(records))}
  </section>`;
}

function footer({ run, name }: Report): Markup {
  const version = run === null ? '' : ` ${shownName(run.tool.version)}`;
  return html`<p>
    Made by openapi-bench${version} of the results in <code>${shownName(name)}</code>. Percentages of CPU: 100
    = one core. Memory: resident (RSS), of the whole process tree; shared pages count for each process, and in
    PSS once. 1 MB = 1,048,576 bytes.
  </p>`;
}
