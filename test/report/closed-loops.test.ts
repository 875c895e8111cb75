import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/formats/markdown.js';
import { atAGlance } from '../../src/report/html/at-a-glance.js';
import { pageData } from '../../src/report/html/page-data.js';
import { renderReport } from '../../src/report/terminal/render-report.js';
import { cell, latency } from '../support/cells.js';
import { reportOf, storedReport, measuredCell } from '../support/reports.js';

const users = (count: number, changes: object = {}) =>
  cell({
    id: `get_item_u${count}`,
    load: {
      kind: 'users',
      ...{ users: count, spawnRatePerSecond: count, durationMs: 10_000 },
      think: { kind: 'uniform', minMs: 100, maxMs: 2000 },
    },
    keepsUp: null,
    window: { durationMs: 10_000, plannedRps: null },
    backlog: null,
    ...changes,
  });

const shown = { width: 110, color: false, unicode: true, program: 'bench' };

describe('a report of users', () => {
  const report = reportOf([users(10), users(50)]);
  const text = renderReport(report, shown);

  it('says in the title and in the verdict that the loop is closed', () => {
    expect(text).toMatch(/^10, 50 users \(closed loop, think time 100ms-2s\) · 1 worker$/m);
    expect(text).toMatch(/The loop is closed: a user asks again only after an answer/);
    expect(renderMarkdown(report)[0]?.text).toMatch(/closed loop/);
  });

  it('holds nothing against a rate', () => {
    expect(text).not.toMatch(/keep|kept up|of \d+\/s|too short/);
  });

  it('draws no target, and ranks by latency alone', () => {
    const slow = {
      achievedRps: 5,
      operation: { id: 'slow' },
      latencyMs: { response: latency({ p99: 900 }) },
    };
    const ofBoth = [10, 50].flatMap((count) => [
      users(count, { achievedRps: count / 2 }),
      users(count, { ...slow, id: `slow_u${count}` }),
    ]);
    const charts = renderReport(reportOf(ofBoth), { ...shown, view: 'charts' });
    expect(charts).toContain('Achieved rate, req/s · linear, a full bar is 25.0 req/s');
    expect(charts).toMatch(/Ranking · worst first: the higher its p99 at 50 users/);
    expect(charts).toMatch(/^ +1 +slow +900/m);
    expect(charts).not.toMatch(/fails from|keeps up|is the target/);
  });

  it('shows in the page what succeeded, and draws across users', () => {
    const glance = atAGlance(reportOf([users(10), users(50, { successRate: 0.5 })])).markup;
    expect(glance).toContain('The bar is the share of the requests that succeeded');
    expect(glance).toContain('<small>50 %</small>');
    expect(glance).not.toMatch(/keeps up|too short/);
    const { across, runs } = pageData([report]);
    expect(across).toEqual({ name: 'users', title: 'users' });
    expect(runs[0]?.cells.map(({ place }) => place)).toEqual([
      { x: 10, label: '10 users' },
      { x: 50, label: '50 users' },
    ]);
  });

  it('names twice and four times as many users as the next step', () => {
    expect(text).toMatch(/--users 100 200/);
  });
});

it('shows the time with all users beside the whole window', () => {
  const { counts, statusCodes, failures, bytes, latencyMs, histograms } = cell();
  const withAllUsers = {
    ...{ counts: { ...counts, planned: 90 }, statusCodes, failures, bytes, fromMs: 1000, achievedRps: 123.4 },
    latencyMs: { response: { ...latencyMs.response, p50: 77 } },
    histograms: { response: histograms.response, responseCensored: histograms.responseCensored },
  };
  const text = renderReport(reportOf([users(10, { withAllUsers })]), shown);
  expect(text).toMatch(/^all users +– +123 +77\.0/m);
});

it('shows the percentiles of a fixed number of requests, and how fast they went', () => {
  const load = { kind: 'fixed-count', requests: 1000, concurrency: 10 } as const;
  const answeredUs = [Array.from({ length: 100 }, (_, at) => (at + 1) * 1000)];
  const window = { durationMs: 2000, plannedRps: null };
  const report = storedReport([
    measuredCell({ answeredUs }, { load, window, completedRps: 500, keepsUp: null }),
  ]);
  const text = renderReport(report, shown);
  expect(text).toMatch(/answered within so many ms\n.*50 +66 +75 +80 +90 +95 +98 +99 +100/);
  expect(text).toMatch(/^Endpoint +At +Took +Requests/m);
  expect(text).toMatch(/ 10 +50\.0 +66\.0 +75\.0 +80\.\d +90\.0 +95\.0 +98\.0 +99\.0 +100$/m);
  expect(text).toMatch(/ 10 +2\.00 +500 /);
});
