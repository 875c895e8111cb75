import type { Report } from '../../model/report/report.js';
import { objectiveMatrix } from '../objective-matrix.js';
import { objectivesSentence, outcomeLines, stateWord, type OutcomeLine } from '../objective-words.js';
import { anchorOf, breakableName, html, NOTHING, type Markup } from './markup.js';
import { matrixMarkup } from './objectives-matrix.js';

const MOST_SHOWN = 200;

/** What was good enough, and what came of it: under each load where there are several, and in each cell, what failed first. */
export function objectivesSection(report: Report): Markup {
  const { objectives } = report.analysis;
  if (objectives.length === 0) return NOTHING;
  const lines = outcomeLines(report);
  const left = lines.length - MOST_SHOWN;
  const matrix = objectiveMatrix(report);
  return html`<section id="objectives" aria-labelledby="objectives-title">
    <h2 id="objectives-title">Objectives</h2>
    <p>${objectivesSentence(objectives)}</p>
    ${matrix === null ? NOTHING : matrixMarkup(matrix)}
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
          ${lines.slice(0, MOST_SHOWN).map(rowOf)}
        </tbody>
      </table>
    </div>
    ${left > 0 ? html`<p class="soft">and ${left} more: objectives in results.json has all of them.</p>` : NOTHING}
  </section>`;
}

function rowOf({ objective, cell, place, words, state }: OutcomeLine): Markup {
  return html`<tr>
    <th scope="row" class="name">${breakableName(objective)}</th>
    <td class="words"><a href="#${anchorOf(cell)}">${place}</a></td>
    <td class="words">${words}</td>
    <td class="words">${stateWord(state)}</td>
  </tr>`;
}
