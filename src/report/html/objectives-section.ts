import type { JudgedObjective, Outcome } from '../../model/results/outcome.js';
import type { Report } from '../../model/report/report.js';
import { objectivesSentence, outcomePlace, outcomeWords } from '../objective-words.js';
import { shownName } from '../shown-text.js';
import { anchorOf, breakableName, html, NOTHING, type Markup } from './markup.js';

/** Read by people: what is beyond is in results.json. */
const MOST_SHOWN = 200;

/** What was good enough, and what came of it in each cell: an objective in a line, its cells unfold. */
export function objectivesSection(report: Report): Markup {
  const { objectives } = report.analysis;
  if (objectives.length === 0) return NOTHING;
  return html`<section id="objectives" aria-labelledby="objectives-title">
    <h2 id="objectives-title">Objectives</h2>
    <p>${objectivesSentence(objectives)}</p>
    <div class="scroll" role="region" aria-label="Table of objectives" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col" class="name">Objective</th>
            <th scope="col" class="words">Cell</th>
            <th scope="col" class="words">Current</th>
            <th scope="col" class="words">Result</th>
          </tr>
        </thead>
        <tbody>
          ${rowsOf(objectives, report)}
        </tbody>
      </table>
    </div>
  </section>`;
}

function rowsOf(objectives: readonly JudgedObjective[], report: Report): Markup[] {
  return objectives
    .flatMap((objective) => objective.outcomes.map((outcome) => ({ objective, outcome })))
    .slice(0, MOST_SHOWN)
    .map(({ objective, outcome }) => rowOf(objective, outcome, report));
}

function rowOf(objective: JudgedObjective, outcome: Outcome, report: Report): Markup {
  const { state, cell } = outcome;
  return html`<tr>
    <th scope="row" class="name">${breakableName(shownName(objective.text))}</th>
    <td class="words"><a href="#${anchorOf(cell)}">${outcomePlace(outcome, report)}</a></td>
    <td class="words">${outcomeWords(outcome, objective)}</td>
    <td class="words">${state === 'failed' ? 'FAILED' : state}</td>
  </tr>`;
}
