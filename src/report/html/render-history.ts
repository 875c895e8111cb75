import type { History } from '../../model/results/history.js';
import { historyConclusion, historyRemarks, spanWords } from '../history/conclusion.js';
import { listedRuns, type ListedPoint, type ListedRun } from '../history/listed-points.js';
import { cellTrends, type CellTrends } from '../history/trends.js';
import { shownName, shownText } from '../shown-text.js';
import { breakableName, html, NOTHING, type Markup } from './markup.js';
import { renderPage, type PageAssets } from './render-page.js';
import { trendChart } from './trend-chart.js';

/** Many runs as one file that needs nothing else. */
export function renderHistoryHtml(history: History, assets: PageAssets): string {
  return renderPage(
    {
      title: 'History – openapi-bench',
      header: header(history),
      sections: [summary(history), pointsSection(listedRuns(history)), trendsSection(history)],
      footer: footer(history),
      data: {},
    },
    assets,
  );
}

function header(history: History): Markup {
  return html`<div class="bar">
      <span class="brand">openapi-bench</span> <button type="button" id="theme" hidden>Dark</button>
    </div>
    <h1>History</h1>
    <p class="facts"><span>${spanWords(history)}</span></p>`;
}

function summary(history: History): Markup {
  const remarks = historyRemarks(history);
  return html`<section id="summary" aria-labelledby="summary-title">
    <h2 id="summary-title" class="unseen">Summary</h2>
    <p class="verdict-line">${shownText(historyConclusion(history))}</p>
    ${
      remarks.length === 0
        ? NOTHING
        : html`<div class="remarks" role="note">
            ${remarks.map((remark) => html`<p>${shownText(remark)}</p>`)}
          </div>`
    }
  </section>`;
}

function pointsSection(listed: readonly ListedRun[]): Markup {
  if (listed.length === 0) return NOTHING;
  return html`<section id="points" aria-labelledby="points-title">
    <h2 id="points-title">What changed, the newest first</h2>
    ${listed.map(runBlock)}
  </section>`;
}

function runBlock({ run, when, commit, points, differences, isRecent }: ListedRun): Markup {
  const title = `${when}, ${commit}`;
  return html`<h3>${title}${isRecent ? '' : ' (not recent)'}</h3>
    <p class="soft"><code>${shownName(run.name)}</code></p>
    <div class="scroll" role="region" aria-label="${title}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col" class="words">Figure</th>
            <th scope="col">Change</th>
            <th scope="col">Before → after</th>
            <th scope="col" class="words">Cell</th>
          </tr>
        </thead>
        <tbody>
          ${points.map(pointRow)}
        </tbody>
      </table>
    </div>
    ${
      differences.length === 0
        ? NOTHING
        : html`<ul class="table-notes">
            ${differences.map((difference) => html`<li>Also differs: ${shownText(difference)}</li>`)}
          </ul>`
    }`;
}

function pointRow({ series, cell, change, direction, base, candidate }: ListedPoint): Markup {
  return html`<tr>
    <th scope="row" class="words">${series.title}</th>
    <td><span class="change ${direction}">${change}</span></td>
    <td>${base} → ${candidate} ${series.unit}</td>
    <td class="words">${breakableName(cell)}</td>
  </tr>`;
}

function trendsSection(history: History): Markup {
  return html`<section id="trends" aria-labelledby="trends-title">
    <h2 id="trends-title">Trends</h2>
    <p class="soft">
      Each from 0 up, the oldest run on the left. Vertical lines are change points, horizontal ones the means
      between them. Of up to 100 runs, each point tells its run and value.
    </p>
    ${cellTrends(history).map((cell) => cellBlock(cell, history))}
  </section>`;
}

function cellBlock({ cell, trends }: CellTrends, { runs }: History): Markup {
  return html`<h3>${breakableName(cell)}</h3>
    <div class="trends">${trends.map((trend) => trendChart(trend, runs))}</div>`;
}

function footer({ runs, options }: History): Markup {
  const version = runs.at(-1)?.toolVersion;
  return html`<p>
    Made by openapi-bench${version === undefined ? '' : ` ${shownName(version)}`}. Change points: E-divisive
    in windows of ${options.windowRuns} runs with a t-test, p < ${options.maxPValue}, changes over
    ${options.minMagnitudePercent} %.
  </p>`;
}
