import { describe, expect, it } from 'vitest';
import { objectivesOf } from '../../src/config/resolve-objectives.js';
import { analyzeRun } from '../../src/analyze/analyze-run.js';
import { renderJunit } from '../../src/report/formats/junit.js';
import { githubAnnotations } from '../../src/report/formats/github.js';
import { renderMarkdown } from '../../src/report/formats/markdown.js';
import { objectivesSection } from '../../src/report/html/objectives-section.js';
import { renderReport } from '../../src/report/terminal/render-report.js';
import { cell, latency } from '../support/cells.js';
import { reportOf } from '../support/reports.js';

const shown = { width: 110, color: false, unicode: true, program: 'bench' };

const objectives =
  objectivesOf(['p95 < 300ms', 'errors < 0.1%', 'rps >= 500', 'cpu < 70%', 'p999 < 1s']) ?? [];

const slow = { response: latency({ p95: 411 }) };
const cells = [
  cell({ id: 'get_item_1000', achievedRps: 1000, counts: { planned: 3000, succeeded: 3000 } }),
  cell({
    id: 'slow_1000',
    operation: { id: 'slow' },
    latencyMs: slow,
    achievedRps: 400,
    counts: { planned: 3000, succeeded: 3000 },
  }),
  cell({
    id: 'odd_1000',
    operation: { id: 'odd' },
    verdict: { state: 'INVALID', reasons: [] },
    counts: { planned: 3000, succeeded: 3000 },
  }),
];
const plain = reportOf(cells);
const report = { ...plain, analysis: analyzeRun(plain, objectives) };

describe('objectives in a report', () => {
  it('are a table, with a line for each cell that failed one', () => {
    const text = renderReport(report, shown);
    expect(text).toMatch(/^p95 < 300ms +411 ms +1 of 3 +slow, 1000\/s +FAILED/m);
    expect(text).toMatch(/^errors < 0.1% +0.0 % +2 of 3 +odd, 1000\/s +invalid/m);
    expect(text).toMatch(/^p999 < 1s .* undecided$/m);
    expect(text).toContain('FAILED  p95 < 300ms: 411 ms, 37.0 % over (slow');
    expect(text).toContain('FAILED  rps >= 500: 400 req/s, 20.0 % under (slow');
    expect(text).toMatch(/Verdict +Of 5 objectives: 2 failed, 1 undecided, 2 not judged \(INVALID\)\./);
  });

  it('are cases of JUnit: failed, skipped with the reason, or passed', () => {
    const [file] = renderJunit(report);
    const suite = /<testsuite [^>]*name="objectives"[^]*?<\/testsuite>/.exec(file?.text ?? '')?.[0] ?? '';
    expect(suite).toMatch(/tests="15" failures="2" errors="0"/);
    expect(suite.match(/<failure /g)).toHaveLength(2);
    expect(suite).toContain('message="411 ms, 37.0 % over"');
    expect(suite).toContain('3000 requests are too few: 3688 are needed');
  });

  it('are errors to GitHub, and a table in Markdown and in the page', () => {
    expect(githubAnnotations(report)).toContainEqual(
      expect.stringMatching(/^::error title=FAILED%3A p95 < 300ms::411 ms, 37\.0 %25 over \(slow/),
    );
    expect(renderMarkdown(report)[0]?.text).toMatch(
      /### Objectives\n\n\| Objective .*\n.*\n\| `p95 < 300ms` .* FAILED/,
    );
    const { markup } = objectivesSection(report);
    expect(markup).toContain('411 ms, 37.0 % over');
    expect(markup.match(/<tr>/g)).toHaveLength(16);
  });

  it('say that all passed, and nothing where there are none', () => {
    const one = reportOf([cells[0]!]);
    const passed = { ...one, analysis: analyzeRun(one, objectives.slice(0, 3)) };
    expect(renderReport(passed, shown)).toContain('All 3 objectives passed.');
    expect(renderReport(one, shown)).not.toMatch(/objective/i);
    expect(objectivesSection(one).markup).toBe('');
  });
});
