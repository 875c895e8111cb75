import type { Reason } from '../../src/model/results/verdict.js';
import type { Report } from '../../src/model/report/report.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import { cell, latency, type CellChanges } from './cells.js';
import { reportOf } from './reports.js';
import { runRecord } from './runs.js';

/** A stored run of these words, with its target started by bench. */
export function endedRun(cells: readonly CellRecord[], command: readonly string[] = ['run']): Report {
  const run = runRecord({ command: [...command], config: { target: { kind: 'command' } } });
  return reportOf(cells, { run });
}

/** One endpoint at one rate for 10 s, all answered. */
export function sound(id: string, ratePerSecond: number, changes: CellChanges = {}): CellRecord {
  const planned = 10 * ratePerSecond;
  const counts = { planned, sent: planned, completed: planned, succeeded: planned };
  return cell({
    id: `${id}_${ratePerSecond}_r${changes.repeat ?? 1}`,
    operation: { id, method: 'GET', path: `/${id}` },
    load: { ratePerSecond },
    achievedRps: ratePerSecond,
    keepsUp: true,
    statusCodes: { '200': planned },
    ...changes,
    counts: { ...counts, ...changes.counts },
  });
}

/** One that does `achievedRps` of its rate; the rest times out. */
export function overloaded(id: string, ratePerSecond: number, achievedRps: number): CellRecord {
  const planned = 10 * ratePerSecond;
  const succeeded = Math.round(10 * achievedRps);
  const bounds = ['p50', 'mean', 'p95', 'p99', 'p999', 'max'];
  return sound(id, ratePerSecond, {
    achievedRps,
    keepsUp: false,
    successRate: succeeded / planned,
    counts: { succeeded, completed: succeeded, timedOut: planned - succeeded },
    statusCodes: { '200': succeeded },
    latencyMs: {
      response: latency({ p50: 10_000, mean: 9321, p95: 10_000, p99: 10_000, lowerBounds: bounds }),
    },
    verdict: { state: 'SUSPECT', reasons: reasonsOfOverload(planned - succeeded, achievedRps) },
  });
}

function reasonsOfOverload(timedOut: number, achievedRps: number): Reason[] {
  return [
    {
      ...{ id: 'requests-timed-out', state: 'SUSPECT', severity: timedOut },
      message: `${timedOut} requests were not answered within 10s of when they were due`,
      remedy:
        'they waited for a connection as well: lower --rates to what the target can do, or raise --max-connections',
    },
    {
      ...{ id: 'connection-limit-reached', state: 'SUSPECT', severity: timedOut },
      message: `all connections were in use, and up to ${timedOut} requests waited for one`,
      remedy:
        'the target is too slow for this rate, or --max-connections is too low; the wait counts as response time',
    },
    {
      ...{ id: 'not-stationary', state: 'SUSPECT', severity: 3 },
      message: `overloaded: the median went from 2512 ms in the first half to 7487 ms in the second, with ${achievedRps} requests/s done`,
      remedy:
        'the latency depends on how long the test lasts: lower the rate if overloaded, else warm up or measure longer',
    },
  ];
}

/** A cell in which the generator was late by so much. */
function lagged(id: string, ratePerSecond: number, lagMs: number): CellRecord {
  const reason: Reason = {
    ...{ id: 'generator-lagged', state: 'INVALID', severity: lagMs / 2 },
    message: `the generator itself was late: send lag p99 ${lagMs} ms, limit 2.00 ms`,
    remedy: 'lower the rate, or free a core for the generator',
  };
  return sound(id, ratePerSecond, { verdict: { state: 'INVALID', reasons: [reason] } });
}

const NINE = [
  'simple_sync_threadpool',
  'simple_async',
  'simple_async_blocking',
  'get_item_async_read',
  'update_item_async_write',
  'get_item_sync_threadpool_read',
  'update_item_sync_threadpool_write',
  'get_item_async_blocking_read',
  'update_item_async_blocking_write',
];

/** As the default run comes out on a calm machine: two endpoints are too slow. */
export function defaultRun(repeats = 1): CellRecord[] {
  return Array.from({ length: repeats }, (_, earlier) => earlier + 1).flatMap((repeat) =>
    [1000, 2000].flatMap((rate) =>
      NINE.map((id, at) => {
        const place = { repeat, id: `${id}_${rate}_r${repeat}` };
        if (id === 'simple_async_blocking') return { ...overloaded(id, rate, 17 + repeat), ...place };
        if (id === 'simple_sync_threadpool')
          return { ...overloaded(id, rate, 700 + rate / 20 + repeat), ...place };
        return sound(id, rate, { repeat, latencyMs: { response: latency({ p99: 2 + at + repeat / 10 }) } });
      }),
    ),
  );
}

/** 48 endpoints at two rates, with every third of them in trouble of one kind or another. */
export function manyEndpoints(): CellRecord[] {
  return [100, 200].flatMap((rate) =>
    Array.from({ length: 48 }, (_, at) => {
      const id = `list_all_the_things_of_resource_number_${String(at).padStart(2, '0')}`;
      if (at % 3 !== 0) return sound(id, rate);
      return at % 2 === 0 ? lagged(id, rate, 3 + at) : overloaded(id, rate, rate / 4);
    }),
  );
}

/** One endpoint answers 404, one is refused, the others are fine. */
export function failingRun(): CellRecord[] {
  const failing = (id: string, changes: CellChanges, what: string, remedy: string): CellRecord =>
    sound(id, 100, {
      ...changes,
      counts: { succeeded: 0, failed: 1000 },
      successRate: 0,
      achievedRps: 0,
      verdict: {
        state: 'SUSPECT',
        reasons: [
          {
            ...{ id: 'requests-failed', state: 'SUSPECT', severity: 1, remedy },
            message: `100 % of the requests failed: ${what} × 1000. The latency is that of the failures`,
          },
        ],
      },
    });
  return [
    sound('list_items', 100),
    failing(
      'get_item',
      { statusCodes: { '404': 1000 } },
      'status 404',
      'name ids that exist with `values:` in the scenario file',
    ),
    failing(
      'delete_item',
      { statusCodes: {}, failures: { 'connection-refused': 1000 }, keepsUp: false },
      'connection-refused',
      'look in server.log in the results directory whether the server ended',
    ),
    sound('search_items', 100),
  ];
}
