import { describe, expect, it } from 'vitest';
import { renderGithub, githubAnnotations } from '../../src/report/formats/github.js';
import { renderJunit } from '../../src/report/formats/junit.js';
import { renderMarkdown } from '../../src/report/formats/markdown.js';
import { renderHtml } from '../../src/report/html/render-html.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import { noSuccessSentence } from '../../src/report/no-success-words.js';
import { renderConclusion } from '../../src/report/terminal/render-conclusion.js';
import { cell, type CellChanges } from '../support/cells.js';
import { reportOf } from '../support/reports.js';

const refused = (changes: CellChanges = {}) =>
  cell({
    counts: { planned: 1000, completed: 900, succeeded: 0, failed: 900, timedOut: 100 },
    statusCodes: { '500': 900 },
    successRate: 0,
    achievedRps: 0,
    keepsUp: true,
    ...changes,
  });
const sentenceOf = (cells: readonly CellRecord[]) => noSuccessSentence(reportOf(cells));
const invalid: CellChanges = { verdict: { state: 'INVALID', reasons: [] } };
const SENTENCE = 'No request succeeded: of 1000 planned 900 × status 500, 100 × timed out.';

describe('a run in which nothing succeeded', () => {
  it('says what came instead', () => {
    expect(sentenceOf([refused()])).toBe(SENTENCE);
    expect(sentenceOf([refused(), refused()])).toBe(
      'No request succeeded in all 2 cells: of 2000 planned 1800 × status 500, 200 × timed out.',
    );
  });

  it('is judged by the cells that can be trusted', () => {
    expect(sentenceOf([refused(), cell(invalid)])).toBe(
      'No request succeeded in the 1 cell that can be trusted: of 1000 planned 900 × status 500, 100 × timed out.',
    );
    expect(sentenceOf([refused(invalid)])).toBeUndefined();
    expect(sentenceOf([refused(), cell()])).toBeUndefined();
    expect(sentenceOf([])).toBeUndefined();
    expect(sentenceOf([refused({ counts: { planned: 0, succeeded: 0 } })])).toBeUndefined();
  });

  it('says so before anything else, wherever it is told', () => {
    const report = reportOf([refused()]);
    const options = { width: 100, color: false };
    expect(renderConclusion(report, 'bench', options).split('\n')[0]).toBe(`Verdict  ${SENTENCE}`);
    expect(renderConclusion(report, 'bench', { ...options, unicode: false })).toContain('900 x status 500');
    expect(renderMarkdown(report)[0]!.text.split('\n')[0]).toBe(`**${SENTENCE}**`);
    expect(renderGithub(report)[0]!.text.split('\n')[0]).toBe(`**${SENTENCE}**`);
    expect(githubAnnotations(report)[0]).toBe(`::error title=bench%3A no request succeeded::${SENTENCE}`);
    expect(renderJunit(report)[0]!.text).toContain(`<error type="no-success" message="${SENTENCE}">`);
    expect(renderHtml(report, { script: '', style: '' })).toContain(
      `<p class="verdict-line">${SENTENCE} The only cell is VALID.</p>`,
    );
  });

  it('is none when a single request did', () => {
    const report = reportOf([refused({ counts: { planned: 1000, succeeded: 1 } })]);
    expect(renderConclusion(report, 'bench', { width: 100, color: false })).not.toContain('No request');
    expect(renderMarkdown(report)[0]!.text).not.toContain('No request');
    expect(renderJunit(report)[0]!.text).not.toContain('no-success');
    expect(githubAnnotations(report)).toEqual([]);
  });
});
