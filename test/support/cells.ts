import { subject } from './subjects.js';
import type { Subject } from '../../src/model/results/subject.js';
import type { JudgedRun } from '../../src/model/results/judged-run.js';
import { plannedRps } from '../../src/model/loads/index.js';
import { windowMsOf } from './loads.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import type { FailedAnswerRecord } from '../../src/model/results/failed-answer.js';
import type { LatencyFigures } from '../../src/model/results/operation-record.js';
import { targetGauges } from './gauges.js';

export const judgedRun: JudgedRun = { isTargetStarted: true, timeoutMs: 10_000 };

export function latency(changes: Partial<LatencyFigures> = {}): LatencyFigures {
  return {
    min: 0.4,
    mean: 0.913,
    stdev: 0.7,
    p50: 0.71,
    p75: 0.9,
    p90: 1.3,
    p95: 2.04,
    p99: 4.876,
    p999: 9.1,
    max: 12.3,
    censored: 0,
    lowerBounds: [],
    ...changes,
  };
}

/** Changes to a cell: each part replaces the keys that it names; gauges that are null are not known. */
export type CellChanges = {
  [Key in keyof CellRecord]?: CellRecord[Key] extends readonly unknown[] | null
    ? CellRecord[Key]
    : CellRecord[Key] extends object | null
      ? Partial<CellRecord[Key]> | null
      : CellRecord[Key];
} & {
  /** Of its only operation. */
  readonly operation?: Partial<Subject['operations'][number]>;
};

/** A cell against which nothing can be said: 10 s at 1000 requests/s, all answered. */
export function cell({ operation, ...changes }: CellChanges = {}): CellRecord {
  const sound: CellRecord = {
    id: 'get_item_1000',
    workers: 1,
    repeat: 1,
    subject: subject({ id: 'get_item', method: 'GET', path: '/items/{item_id}', ...operation }),
    load: { kind: 'constant-rate', ratePerSecond: 1000, durationMs: 10_000, arrivals: 'constant' },
    window: { durationMs: 10_000, plannedRps: 1000 },
    startedAt: '2026-01-15T12:00:00.000Z',
    counts: {
      planned: 10_000,
      sent: 10_000,
      completed: 10_000,
      succeeded: 10_000,
      failed: 0,
      timedOut: 0,
      dropped: 0,
      unfinished: 0,
    },
    achievedRps: 1000,
    successRate: 1,
    statusCodes: { '200': 10_000 },
    failures: {},
    bytes: { received: 500_000, sent: 0 },
    latencyMs: {
      response: latency(),
      service: latency({ p50: 0.69 }),
      sendLag: latency({ p50: 0.01, p99: 0.2 }),
      queueWait: latency({ p50: 0, p99: 0.1 }),
    },
    histograms: { response: 'a', service: 'b', sendLag: 'c', queueWait: 'd', responseCensored: 'e' },
    gauges: targetGauges(),
    cpuMsPerRequest: 0.664,
    generator: {
      client: 'wire',
      pacing: 'precise',
      threads: 1,
      deaths: [],
      busyShare: 0.2,
      cpuPercent: 100,
      memoryBytes: 60_000_000,
      gcPauses: { count: 3, totalMs: 2.4, maxMs: 1.1 },
      gapErrorMs: { p50: 0.001, p99: 0.02, max: 0.4 },
      keepAlive: true,
      connectionsOpened: 12,
      connectionsOpenedInWindow: 0,
      connectionEndsInWindow: { byTarget: 0, byBench: 0, afterTimeout: 0 },
      connectionLimitReached: false,
      longestQueue: 0,
      released: 10_000,
      lagHeavyTailShare: 0,
      hostCpuPercent: 70,
      stealPercent: 0,
    },
    series: Array.from({ length: 10 }, (_, second) => ({
      second,
      sent: 1000,
      succeeded: 1000,
      failed: 0,
      p50Ms: 0.7,
      p99Ms: 4.8,
      inFlight: 1,
      gauges: { 'target.cpu': 66, 'target.memory': 91_000_000 },
    })),
    verdict: { state: 'VALID', reasons: [] },
  };
  const merged = Object.entries(changes).map(([key, change]: [string, unknown]) => {
    const before: unknown = sound[key as keyof CellRecord];
    const isPart = typeof change === 'object' && change !== null && !Array.isArray(change);
    return [key, isPart ? { ...(before as object), ...change } : change];
  });
  const made = { ...sound, ...(Object.fromEntries(merged) as Partial<CellRecord>) };
  const windowed = 'window' in changes ? made : { ...made, window: windowOf(made) };
  return changes.gauges === null ? { ...windowed, gauges: {}, cpuMsPerRequest: null } : windowed;
}

function windowOf({ load, counts }: CellRecord): CellRecord['window'] {
  return { durationMs: windowMsOf(load), plannedRps: plannedRps(load, counts.planned) };
}

/** What a server answered to a request that failed. */
export function failedAnswer(changes: Partial<FailedAnswerRecord> = {}): FailedAnswerRecord {
  return {
    operation: 'get_item',
    status: 500,
    message: 'no connection left',
    contentType: 'application/json',
    body: '{"detail":"no connection left"}',
    bodyBytes: 31,
    isCut: false,
    ...changes,
  };
}

/** The series of a cell of which only the medians of the seconds matter. */
/** A resource case as a machine with control groups of version 2 holds it. */
export function caseOf(
  name: string,
  limits: { readonly cpuCores?: number; readonly memoryBytes?: number },
): NonNullable<CellRecord['case']> {
  const { cpuCores = null, memoryBytes = null } = limits;
  return {
    ...{ name, cpuCores, memoryBytes },
    cpuBy: cpuCores === null ? null : 'cgroup-v2',
    memoryBy: memoryBytes === null ? null : 'cgroup-v2',
  };
}

export function seriesOf(medians: readonly (number | null)[]): CellRecord['series'] {
  const [second] = cell().series;
  return medians.map((p50Ms, at) => ({ ...second!, second: at, p50Ms }));
}
