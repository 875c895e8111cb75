import type { PreflightResult } from '../../model/results/preflight.js';
import type { Report } from '../../model/report/report.js';
import { oneLine } from '../../kernel/text.js';
import { momentOf } from '../moment-words.js';
import { probeWords } from '../probe-words.js';
import { withSizing } from '../sizing-words.js';
import { shownName, shownText } from '../shown-text.js';
import { html, NOTHING, type Markup } from './markup.js';
import { commandLine, environmentFacts } from './run-words.js';

type Run = NonNullable<Report['run']>;

/** What is needed to repeat and to judge the run: command, machine, configuration, events of the target. */
export function aboutRun({ run, cells }: Report): Markup {
  if (run === null) return NOTHING;
  return html`<section id="about" aria-labelledby="about-title">
    <h2 id="about-title">How it was measured</h2>
    <pre class="command" tabindex="0" role="region" aria-label="Command">
${oneLine(commandLine(run.command))}</pre>
    <dl class="pairs">
      ${[...environmentFacts(run), ...probeFacts(cells)].map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${shownText(value)}</dd>
          </div>`,
      )}
    </dl>
    ${targetEvents(run)} ${preflight(run.preflight ?? [])}
    <details>
      <summary>Configuration</summary>
      <pre tabindex="0" role="region" aria-label="Configuration">${configText(run)}</pre>
    </details>
  </section>`;
}

function probeFacts(cells: Report['cells']): [string, string][] {
  const words = probeWords(cells.map(({ record }) => record));
  return words === undefined ? [] : [['Probes', words]];
}

function configText({ config }: Run): string {
  return JSON.stringify(config, null, 2)
    .split('\n')
    .map((line) => oneLine(line))
    .join('\n');
}

function targetEvents({ targetEvents: events }: Run): Markup {
  if (events.length === 0) return NOTHING;
  return html`<details>
    <summary>Starts and stops of the target: ${events.length}</summary>
    <div class="scroll" role="region" aria-label="Starts and stops of the target" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col" class="words">When</th>
            <th scope="col" class="words">What</th>
            <th scope="col">Workers</th>
            <th scope="col" class="words">Message</th>
          </tr>
        </thead>
        <tbody>
          ${events.map(
            ({ at, kind, workers, case: name, message }) =>
              html`<tr>
                <td class="words">
                  <time datetime="${at}">${momentOf(at).replace(' UTC', at.slice(16, 19))}</time>
                </td>
                <td class="words">${kind}</td>
                <td>${withSizing(String(workers), shownName(name ?? ''))}</td>
                <td class="words">${shownText(message)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** What came of one request for each operation before the load. */
function preflight(results: readonly PreflightResult[]): Markup {
  if (results.length === 0) return NOTHING;
  const fine = results.filter(({ state }) => state === 'ok').length;
  return html`<details>
    <summary>Pre-flight: ${fine} of ${results.length} operations answered as expected</summary>
    <div class="scroll" role="region" aria-label="Pre-flight" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col" class="name">Operation</th>
            <th scope="col" class="words">Result</th>
            <th scope="col">Status</th>
            <th scope="col" class="words">What the server said</th>
          </tr>
        </thead>
        <tbody>
          ${results.map(preflightRow)}
        </tbody>
      </table>
    </div>
  </details>`;
}

function preflightRow({ operation, state, status, reason, fields }: PreflightResult): Markup {
  const said = [
    ...(reason === null ? [] : [reason]),
    ...(fields.length > 0 ? [`(${fields.join(', ')})`] : []),
  ];
  const title = shownName(`${operation.method} ${operation.path}`);
  return html`<tr>
    <th scope="row" class="name" title="${title}">${shownName(operation.id)}</th>
    <td class="words">${state}</td>
    <td>${status ?? '–'}</td>
    <td class="words">${shownText(said.join(' ')) || '–'}</td>
  </tr>`;
}
