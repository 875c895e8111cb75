import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/formats/markdown.js';
import { renderReport } from '../../src/report/terminal/render-report.js';
import { cell } from '../support/cells.js';
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
