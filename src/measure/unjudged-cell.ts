import type { Subject } from '../model/results/subject.js';
import { quantileUs } from './buckets.js';
import { lagHeavyTailShare } from './generator-audit.js';
import { stretched } from './flow.js';
import { mergeDistributions } from './distribution.js';
import { achievedRps, keepingUp } from './keeping-up.js';
import { distributionFigures, latencyFigures } from './latency.js';
import type { CellRecord, UnjudgedCell } from '../model/results/cell-record.js';
import type { ServiceDeath } from '../model/results/service.js';
import type { TargetDeath } from '../model/results/target-death.js';
import type { GeneratorShare } from '../model/generation/generator.js';
import type { Measurements } from '../model/generation/measurements.js';
import { durationMsOf, isClosedLoop, plannedRps, spikeOf, type Load } from '../model/loads/index.js';
import type { GaugeReadings, GaugeSample } from '../model/results/gauges.js';
import { inFlightOf } from './per-second.js';
import { spikeRecovery } from './spike-recovery.js';
import {
  answersOf,
  byOperationOf,
  countsOf,
  expectOf,
  rateInWindow,
  withAllUsersOf,
} from './operation-records.js';

/** Everything that is known of a cell once it has been measured. */
export interface MeasuredCell {
  readonly id: string;
  readonly workers: number;
  /** Left out where the target was not limited. */
  readonly case?: CellRecord['case'];
  readonly repeat: number;
  readonly subject: Subject;
  readonly share: GeneratorShare;
  readonly startedAt: string;
  readonly measurements: Measurements;
  readonly gauges: GaugeReadings;
  /** Undefined where the window was open to its end. */
  readonly closedEarly?: CellRecord['closedEarly'];
  /** How many processes of the target were killed at the memory limit of its case. */
  readonly memoryKills?: number;
  /** Of databases beside the target, from its warm-up to its end. */
  readonly serviceDeaths?: readonly ServiceDeath[];
  /** Without secrets. */
  readonly failedAnswers?: CellRecord['failedAnswers'];
  /** Without secrets; undefined when the target lived. */
  readonly targetDeath: TargetDeath | undefined;
}

/** The cell as it will be stored, without a verdict. */
export function unjudgedCell(cell: MeasuredCell): UnjudgedCell {
  const { share, gauges } = cell;
  const measurements = inWindow(cell);
  const { outcomes, stamps } = measurements;
  const { planned, completed, succeeded } = outcomes;
  const closedMs = cell.closedEarly?.afterMs;
  const windowMs = closedMs ?? windowMsOf(share.load, outcomes.lastDoneUs);
  // Of a closed loop there is nothing to keep up with.
  const isClosed = isClosedLoop(share.load);
  const response = latencyFigures(stamps.response);
  const spike = spikeOf(share.load);
  const isSpikeOver = spike !== null && (closedMs === undefined || spike.endMs < closedMs);
  const kept = isClosed ? { keepsUp: null, backlog: null } : keepingUp(measurements, response, windowMs);
  return {
    id: cell.id,
    workers: cell.workers,
    ...(cell.case === undefined ? {} : { case: cell.case }),
    repeat: cell.repeat,
    subject: cell.subject,
    load: share.load,
    window: { durationMs: windowMs, plannedRps: plannedRps(share.load, planned, windowMs) },
    ...expectOf(share.operations),
    startedAt: cell.startedAt,
    counts: countsOf(outcomes),
    achievedRps: isClosed
      ? rateInWindow(outcomes, windowMs)
      : achievedRps({ ...measurements, succeeded: stamps.succeeded }, kept.keepsUp, windowMs),
    completedRps: (1000 * outcomes.completedInWindow) / windowMs,
    ...kept,
    successRate: planned === 0 ? 0 : succeeded / planned,
    ...answersOf(outcomes),
    latencyMs: {
      response,
      service: latencyFigures(stamps.service),
      sendLag: latencyFigures(stamps.sendLag),
      queueWait: latencyFigures(stamps.queueWait),
      succeeded: distributionFigures(stamps.succeeded),
    },
    histograms: {
      response: stamps.response.observed.histogram,
      service: stamps.service.observed.histogram,
      sendLag: stamps.sendLag.observed.histogram,
      queueWait: stamps.queueWait.observed.histogram,
      responseCensored: stamps.response.censored.histogram,
      ...(completed === succeeded ? {} : { succeeded: stamps.succeeded.histogram }),
    },
    ...byOperationOf(share.operations, measurements, { keepsUp: kept.keepsUp, windowMs, isClosed }),
    ...withAllUsersOf(share.load, measurements, windowMs),
    gauges: gauges.summaries,
    cpuMsPerRequest: perAnswer(gauges.totals['target.cpu'], outcomes.completedInWindow),
    ...besideGauges(gauges),
    generator: generatorRecord(cell, windowMs),
    series: seriesOf(measurements, gauges),
    ...(!isSpikeOver ? {} : { spikeRecovery: spikeRecovery(measurements.seconds, spike) }),
    ...mishapsOf(cell),
  };
}

/** What probes tell beside their gauges, and which of these are not known. */
function besideGauges({ missing, partly, facts, costs }: GaugeReadings) {
  return {
    ...(Object.keys(missing).length === 0 ? {} : { gaugesMissing: missing }),
    ...(Object.keys(partly).length === 0 ? {} : { gaugesPartly: partly }),
    ...facts,
    probes: costs,
  };
}

/** What went wrong in the cell: keys that few cells have. */
function mishapsOf(cell: MeasuredCell) {
  const { closedEarly, failedAnswers = [], memoryKills = 0, serviceDeaths = [], targetDeath } = cell;
  return {
    ...(failedAnswers.length === 0 ? {} : { failedAnswers }),
    ...(closedEarly === undefined ? {} : { closedEarly }),
    ...(memoryKills === 0 ? {} : { memoryKills }),
    ...(serviceDeaths.length === 0 ? {} : { serviceDeaths: [...serviceDeaths] }),
    ...(targetDeath === undefined ? {} : { targetDeath }),
  };
}

/** In a window that was closed early, bins are those of that window. */
function inWindow({ measurements, closedEarly }: MeasuredCell): Measurements {
  if (closedEarly === undefined || closedEarly.plannedMs === null) return measurements;
  const share = closedEarly.afterMs / closedEarly.plannedMs;
  return {
    ...measurements,
    flow: {
      ...measurements.flow,
      due: stretched(measurements.flow.due, share),
      ended: stretched(measurements.flow.ended, share),
      succeeded: stretched(measurements.flow.succeeded, share),
    },
    byOperation: measurements.byOperation.map((one) => ({
      ...one,
      succeeded: stretched(one.succeeded, share),
    })),
  };
}

/** A window without a length of its own ends with the last request. */
function windowMsOf(load: Load, lastDoneUs: number): number {
  return durationMsOf(load) ?? Math.max(0.001, lastDoneUs / 1000);
}

function generatorRecord(
  { share, measurements, gauges: { summaries } }: MeasuredCell,
  windowMs: number,
): CellRecord['generator'] {
  const { threads, audit } = measurements;
  const sum = (value: (thread: (typeof threads)[number]) => number): number =>
    threads.reduce((total, thread) => total + value(thread), 0);
  const gapErrors = distributionFigures(mergeDistributions(threads.map((thread) => thread.gapErrorUs)));
  const most = (value: (thread: (typeof threads)[number]) => number): number =>
    Math.max(...threads.map(value));
  return {
    client: share.client,
    protocol: share.http2 === undefined ? 'HTTP/1.1' : 'HTTP/2',
    pacing: share.pacing,
    ...(share.isRealTime === true ? { realTime: true } : {}),
    threads: threads.length,
    deaths: threads.map((thread) => thread.death).filter((death) => death !== null),
    busyShare: most((thread) => thread.busyShare),
    cpuPercent: (100 * sum((thread) => thread.cpuMs)) / windowMs,
    memoryBytes: sum((thread) => thread.memoryBytes),
    gcPauses: {
      count: sum((thread) => thread.gc.pauses),
      totalMs: roundMs(sum((thread) => thread.gc.totalMs)),
      maxMs: roundMs(most((thread) => thread.gc.maxMs)),
    },
    gapErrorMs: { p50: gapErrors.p50, p99: gapErrors.p99, max: gapErrors.max },
    keepAlive: share.address.keepAlive,
    connectionsOpened: sum((thread) => thread.connectionsOpened),
    connectionsOpenedInWindow: sum((thread) => thread.connectionsOpenedInWindow),
    connectionEndsInWindow: {
      byTarget: sum((thread) => thread.connectionEndsInWindow.byTarget),
      byBench: sum((thread) => thread.connectionEndsInWindow.byBench),
      afterTimeout: sum((thread) => thread.connectionEndsInWindow.afterTimeout),
    },
    connectionLimitReached: threads.some((thread) => thread.connectionLimitReached),
    longestQueue: sum((thread) => thread.longestQueue),
    released: audit.released,
    lagHeavyTailShare: lagHeavyTailShare(audit),
    hostCpuPercent: summaries['host.cpu']?.mean ?? null,
    stealPercent: summaries['host.steal']?.mean ?? null,
  };
}

function perAnswer(totalMs: number | undefined, answers: number): number | null {
  return totalMs === undefined || answers === 0 ? null : totalMs / answers;
}

function roundMs(valueMs: number): number {
  return Math.round(valueMs * 1000) / 1000;
}

const LOOK_SLACK_MS = 100;

function seriesOf({ seconds }: Measurements, { samples, charted }: GaugeReadings): CellRecord['series'] {
  const inFlight = inFlightOf(seconds);
  return seconds.map(({ sent, succeeded, failed, buckets }, second) => {
    // A look taken just after a second's end still tells of that second.
    const within = samples.filter(
      ({ elapsedMs }) => Math.ceil((elapsedMs - LOOK_SLACK_MS) / 1000) - 1 === second,
    );
    return {
      second,
      sent,
      succeeded,
      failed,
      p50Ms: milliseconds(quantileUs(buckets, 0.5)),
      p99Ms: milliseconds(quantileUs(buckets, 0.99)),
      inFlight: inFlight[second] ?? 0,
      gauges: Object.fromEntries(charted.map((id) => [id, meanOf(within, id)])),
    };
  });
}

function meanOf(samples: readonly GaugeSample[], id: string): number | null {
  const values = samples.map(({ values: read }) => read[id]).filter((value) => value !== undefined);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function milliseconds(valueUs: number | null): number | null {
  return valueUs === null ? null : Math.round(valueUs) / 1000;
}
