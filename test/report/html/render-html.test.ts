import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/model/report/report.js';
import { renderHtml } from '../../../src/report/html/render-html.js';
import { cell, failedAnswer, latency, type CellChanges } from '../../support/cells.js';
import { reportOf } from '../../support/reports.js';
import { runRecord } from '../../support/runs.js';

const ASSETS = { script: 'start()', style: 'p{}' };
const render = (report: Report): string => renderHtml(report, ASSETS);

/** Without what the charts are given: that has tests of its own. */
const seen = (report: Report): string => render(report).replace(/(id="data">)[^<]*/, '$1…');

const golden = (name: string): string => `../../golden/report-${name}.html`;

function endpoint(id: string, ratePerSecond: number, changes: CellChanges = {}) {
  return cell({
    id: `${id}_${ratePerSecond}`,
    operation: { id, method: 'GET', path: `/${id}` },
    load: { ratePerSecond },
    achievedRps: ratePerSecond,
    counts: { planned: ratePerSecond * 10, succeeded: ratePerSecond * 10 },
    ...changes,
  });
}

const overloaded: CellChanges = {
  achievedRps: 262.7,
  successRate: 0.1312,
  counts: { planned: 20_000, succeeded: 2624, timedOut: 17_376, completed: 2624 },
  statusCodes: { '200': 2624 },
  failures: { 'connection-reset': 7 },
  latencyMs: {
    response: latency({ p50: 10_000, p99: 10_000, lowerBounds: ['p50', 'mean', 'p95', 'p99', 'max'] }),
  },
  gauges: null,
  verdict: {
    state: 'SUSPECT',
    reasons: [{ id: 'not-stationary', message: 'overloaded: the median went up', remedy: 'lower the rate' }],
  },
};

describe('the HTML report', () => {
  test('shows a run: summary first, then charts, cells, what is doubtful, what failed, how', async () => {
    const cells = [endpoint('fast', 1000), endpoint('fast', 2000), endpoint('slow', 2000, overloaded)];
    await expect(seen(reportOf(cells))).toMatchFileSnapshot(golden('run'));
  });

  test('shows what several workers and repeats bring', async () => {
    const cells = [1, 2].flatMap((workers) =>
      [1, 2].map((repeat) =>
        endpoint('slow', 2000, {
          ...overloaded,
          id: `slow_w${workers}_2000_r${repeat}`,
          workers,
          repeat,
          achievedRps: 200 * workers,
        }),
      ),
    );
    await expect(seen(reportOf(cells))).toMatchFileSnapshot(golden('workers'));
  });

  test('of a run without cells says that nothing was measured', async () => {
    const run = runRecord({ status: 'failed', failure: 'the target did not start' });
    const remarks = ['The run failed: the target did not start'];
    await expect(seen(reportOf([], { run, remarks }))).toMatchFileSnapshot(golden('empty'));
  });

  test('of an interrupted run says so before anything else', () => {
    const remarks = ['The run was interrupted: these are the cells finished before.'];
    const run = runRecord({ status: 'interrupted', finishedAt: null });
    const page = render(reportOf([cell()], { run, remarks }));
    expect(page.indexOf('The run was interrupted')).toBeLessThan(page.indexOf('The only cell is VALID'));
    expect(page).toContain('<span class="status interrupted">interrupted</span>');
    expect(page).not.toMatch(/<span>took/);
  });

  test('of cells whose run is not known shows the cells', async () => {
    const remarks = [
      'results.json is damaged (not JSON): these are the cells whose own files could be read.',
    ];
    await expect(seen(reportOf([cell()], { run: null, remarks }))).toMatchFileSnapshot(golden('no-run'));
  });

  test('gives the same bytes for the same report', () => {
    expect(render(reportOf([cell()]))).toBe(render(reportOf([cell()])));
  });

  test('allows its own script and style alone, and no address outside', () => {
    const page = render(reportOf([cell()]));
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    expect(policy).toMatch(
      /^default-src &#39;none&#39;; script-src &#39;sha256-[^']+&#39;; style-src &#39;sha256-/,
    );
    expect(policy).not.toContain('unsafe');
    expect(page).not.toMatch(/(?:src|href)="(?!#|data:)/);
  });

  test('does not let a script or a style sheet end its own element', () => {
    const page = renderHtml(reportOf([]), { script: 'a="</script>"', style: 'a{content:"</style>"}' });
    expect(page.match(/<\/script>/g)).toHaveLength(3);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
  });
});

const HOSTILE = [
  '</script><img src=x onerror=alert(1)>',
  '" onmouseover="alert(1)',
  "' onfocus='alert(1)",
  '<!--',
  ']]>',
  '\u202egnp.exe',
  '&lt;b&gt;',
  'x'.repeat(5000),
  '\ud800',
];

/** A cell and a run whose every text comes from somebody who means harm. */
function hostileReport(text: string): Report {
  const reasons = [{ id: text, message: text, remedy: text }];
  const record = endpoint(text, 1000, {
    id: text,
    operation: { id: text, method: text, path: text },
    counts: { planned: 10_000, succeeded: 9000, failed: 1000 },
    statusCodes: { [text]: 1 },
    failures: { [text]: 1 },
    failedAnswers: [
      failedAnswer({ operation: text, message: text, check: text, contentType: text, body: text }),
    ],
    verdict: { state: 'SUSPECT', reasons },
  });
  const run = runRecord({
    command: ['run', text],
    config: { scenario: text, [text]: text },
    targetEvents: [{ kind: 'died', at: '2026-01-15T12:00:01.000Z', workers: 1, message: text }],
    preflight: [
      {
        operation: { id: text, method: text, path: text },
        state: 'validation',
        status: 422,
        reason: text,
        fields: [text],
        remedy: text,
      },
    ],
  });
  return reportOf([record], { run, name: text, remarks: [text] });
}

/** The page without what was written by others: its tags and their attributes' names. */
function skeleton(page: string): string[] {
  return [...page.matchAll(/<(\/?[a-z!][a-z0-9-]*)((?:\s+[a-z-]+(?:="[^"<]*")?)*)\s*\/?>/gi)].map(
    ([, tag, attributes = '']) => `${tag} ${attributes.replace(/="[^"]*"/g, '')}`.trim(),
  );
}

describe('text of foreign origin in the HTML report', () => {
  const harmless = skeleton(render(hostileReport('harmless'))).filter((tag) => tag !== 'wbr');

  test.each(HOSTILE)('becomes no markup: %j', (text) => {
    const page = render(hostileReport(text));
    expect(skeleton(page).filter((tag) => tag !== 'wbr')).toEqual(harmless);
    expect(page.match(/</g)).toHaveLength(page.match(/<[a-z!/]/g)?.length ?? 0);
    expect(page).not.toContain('\u202e');
  });

  test('becomes no markup, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const page = render(hostileReport(text || 'x'));
        expect(skeleton(page).filter((tag) => tag !== 'wbr')).toEqual(harmless);
      }),
      { numRuns: 20 },
    );
  });
});
