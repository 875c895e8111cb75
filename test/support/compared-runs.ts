import { compareReports } from '../../src/analyze/compare/compare-reports.js';
import type { ComparedReports } from '../../src/report/html/render-comparison.js';
import { runRecord } from './runs.js';
import { constantRate, endpoint, reportOf, simulatedRun, type SimulatedRun } from './stored-run.js';

export const HOSTILE_NAME = '<script>alert(1)</script> |"=cmd()\n`x` **b** \x1b[31m\u202e';

const read = endpoint('get_item_async_read', { serviceMs: 0.7, cpuMsPerRequest: 0.6 });
const write = endpoint('update_item_sync_threadpool_write', { method: 'POST', serviceMs: 1.6 });
const search = endpoint('search_items', { serviceMs: 12, spread: 0.6, failShare: 0.01 });
const blocking = endpoint('get_item_async_blocking_read', { serviceMs: 20, atOnce: 1 });
const hostile = endpoint(HOSTILE_NAME, { path: '/api/hostile' });

/** A run, and the one after a change that made things better and worse; of every case one. */
export function runBefore(): SimulatedRun {
  return simulatedRun({
    name: 'before',
    endpoints: [read, write, search, blocking, hostile, endpoint('only_before')],
    timeoutMs: 800,
    changes: { environment: { ...runRecord().environment, gitCommit: '1111111222222' } },
  });
}

export function runAfter(): SimulatedRun {
  const { environment, config } = simulatedRun({ endpoints: [] }).run;
  return simulatedRun({
    name: 'after',
    endpoints: [
      { ...read, id: 'read_item', serviceMs: 0.7, cpuMsPerRequest: 0.6 },
      { ...write, serviceMs: 3.1, cpuMsPerRequest: 1.2, lagMs: 4 },
      { ...search, serviceMs: 250, atOnce: 60, failShare: 0.2, memoryMb: 160 },
      { ...blocking, serviceMs: 2 },
      hostile,
      endpoint('only_after'),
    ],
    plans: [constantRate(100, 2000), constantRate(300)],
    timeoutMs: 800,
    seed: 2,
    changes: {
      startedAt: '2026-01-16T09:30:00.000Z',
      environment: { ...environment, cores: 4, gitCommit: '3333333444444' },
      config: { ...config, timeoutMs: 800, seed: 2, warmupMs: 500 },
    },
  });
}

export function comparedRuns(before = runBefore(), after = runAfter()): ComparedReports {
  const [base, candidate] = [reportOf(before), reportOf(after)];
  return { base, candidate, comparison: compareReports(base, candidate) };
}
