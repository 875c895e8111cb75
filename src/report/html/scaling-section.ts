import { plural } from '../../kernel/format.js';
import type { ScalingStep, WorkerScaling } from '../../model/report/analysis.js';
import { shownName } from '../shown-text.js';
import { withSizing } from '../sizing-words.js';
import { figureOf, NOT_KNOWN } from '../table-model.js';
import { breakableName, html, NOTHING, type Markup } from './markup.js';

/** What more workers brought; nothing when there was one worker count only. */
export function scalingSection(scalings: readonly WorkerScaling[]): Markup {
  if (scalings.length === 0) return NOTHING;
  const counts = [...new Set(scalings.flatMap(({ steps }) => steps.map(({ workers }) => workers)))].sort(
    (a, b) => a - b,
  );
  return html`<section id="scaling" aria-labelledby="scaling-title">
    <h2 id="scaling-title">What more workers bring</h2>
    <p class="soft">
      Each endpoint under its heaviest load. 100 % efficiency = twice the workers, twice the successes. ≥
      where the load, not the workers, was the limit or may have been; – unless the fewest workers are known
      not to keep up: only then does what more add show.
    </p>
    <div data-chart="scaling"></div>
    <div class="scroll" role="region" aria-label="Table of worker scaling" tabindex="0">
      <table>
        <thead>
          <tr>
            <td colspan="2"></td>
            ${counts.map(
              (workers, at) =>
                html`<th scope="colgroup" colspan="${at === 0 ? 2 : 3}">${plural(workers, 'worker')}</th>`,
            )}
          </tr>
          <tr>
            <th scope="col" class="name">Endpoint</th>
            <th scope="col">Load</th>
            ${counts.map(
              (_, at) =>
                html`<th scope="col" class="first">Achieved/s</th>
                  <th scope="col">CPU %</th>
                  ${at === 0 ? NOTHING : html`<th scope="col">Efficiency</th>`}`,
            )}
          </tr>
        </thead>
        <tbody>
          ${scalings.map((scaling) => scalingRow(scaling, counts))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function scalingRow({ subject, load, case: name, steps }: WorkerScaling, counts: readonly number[]): Markup {
  const byWorkers = new Map(steps.map((step) => [step.workers, step]));
  return html`<tr>
    <th scope="row" class="name">${breakableName(subject)}</th>
    <td>${withSizing(load, shownName(name ?? ''))}</td>
    ${counts.map((workers, at) => stepCells(byWorkers.get(workers), at === 0))}
  </tr>`;
}

/** The fewest workers are what the others are measured against. */
function stepCells(step: ScalingStep | undefined, isBase: boolean): Markup {
  const { achievedRps = null, cpuPercent = null } = step ?? {};
  return html`<td class="first">${figureOf(achievedRps)}</td>
    <td>${cpuPercent === null ? NOT_KNOWN : cpuPercent.toFixed(0)}</td>
    ${isBase ? NOTHING : html`<td>${efficiencyWords(step)}</td>`}`;
}

function efficiencyWords(step: ScalingStep | undefined): string {
  const efficiency = step?.efficiency ?? null;
  if (step === undefined || efficiency === null) return NOT_KNOWN;
  return `${step.isLowerBound ? '≥' : ''}${Math.floor(100 * efficiency)} %`;
}
