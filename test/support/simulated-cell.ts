import { subject } from './subjects.js';
import { cellRecord } from '../../src/app/run/cell-record.js';
import { randomAt, seededRandom, seedFor, type Random } from '../../src/kernel/random.js';
import { scheduleOf } from '../../src/load/schedules/index.js';
import { DistributionRecorder } from '../../src/measure/distribution.js';
import { cellCollector } from '../../src/measure/cell-collector.js';
import type { Load } from '../../src/model/loads/index.js';
import { windowMsOf } from './loads.js';
import type { Measurements, ThreadAudit } from '../../src/model/generation/measurements.js';
import type { GaugeReadings, GaugeSample } from '../../src/model/results/gauges.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import type { CellFile, SampleFile } from '../../src/model/results/run-record.js';
import type { Sample } from '../../src/model/generation/sample.js';
import { levelOutcome, pointsOf } from '../../src/observe/probes/level.js';
import { sample } from './samples.js';
import { share } from './shares.js';

/** An endpoint of a server that does not exist: requests wait in one line for `atOnce` hands. */
export interface SimulatedEndpoint {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Median of the work on one request. */
  readonly serviceMs: number;
  /** Of the logarithm: 0 = always the same. */
  readonly spread: number;
  /** Requests that each worker handles at the same time. */
  readonly atOnce: number;
  /** 0 to 1, answered with 500. */
  readonly failShare: number;
  readonly cpuMsPerRequest: number;
  readonly memoryMb: number;
  /** Median lateness of the generator. */
  readonly lagMs: number;
}

export function endpoint(
  id: string,
  changes: Partial<Omit<SimulatedEndpoint, 'id'>> = {},
): SimulatedEndpoint {
  return {
    id,
    method: 'GET',
    path: `/api/${id}`,
    serviceMs: 2,
    spread: 0.3,
    atOnce: 40,
    failShare: 0,
    cpuMsPerRequest: 0.5,
    memoryMb: 80,
    lagMs: 0.02,
    ...changes,
  };
}

export interface CellPlace {
  readonly id: string;
  readonly load: Load;
  readonly workers: number;
  readonly repeat: number;
  readonly startedAt: string;
  readonly timeoutMs: number;
  /** The same seed gives the same cell, byte for byte. */
  readonly seed: number;
}

export interface SimulatedCell {
  readonly record: CellRecord;
  readonly file: CellFile;
  readonly samples: SampleFile;
}

/** A cell as bench would have stored it: figures, histograms and seconds come from its own collectors. */
export function simulatedCell(target: SimulatedEndpoint, place: CellPlace): SimulatedCell {
  const random = seededRandom(seedFor(place.seed, place.id));
  const windowMs = windowMsOf(place.load);
  const samples = handled(target, place, random);
  const collector = cellCollector({ ms: windowMs }, 1);
  for (const one of samples) collector.add(one);
  const measurements = collector.snapshot(threadAudit(random, samples.length));
  const looks = gaugeSamples(target, measurements, windowMs, random);
  const cpuMs = target.cpuMsPerRequest * measurements.outcomes.completedInWindow;
  const { record, file } = cellRecord(
    {
      ...place,
      subject: subject(target),
      share: share('http://127.0.0.1:8000', { load: place.load, timeoutMs: place.timeoutMs }),
      measurements,
      gauges: readingsOf(looks, cpuMs, 40 + 10 * random()),
      targetDeath: undefined,
    },
    true,
  );
  return { record, file, samples: { schemaVersion: 2, id: place.id, samples: looks } };
}

function readingsOf(samples: readonly GaugeSample[], cpuMs: number, hostPercent: number): GaugeReadings {
  const level = (id: string): ReturnType<typeof pssOf> => {
    const outcome = levelOutcome(pointsOf(samples, id));
    if ('why' in outcome) throw new Error(outcome.why);
    return { ...outcome, mean: outcome.mean ?? 0 };
  };
  const spanMs = (samples.at(-1)?.elapsedMs ?? 0) - (samples[0]?.elapsedMs ?? 0);
  const cpu = { mean: (100 * cpuMs) / spanMs, max: level('target.cpu').max, growthPerMinute: null };
  return {
    summaries: {
      'target.cpu': { title: 'CPU', unit: '%', ...cpu, samples: samples.length },
      'target.memory': { title: 'Memory', unit: 'bytes', ...level('target.memory') },
      'target.memory.pss': { title: 'Memory (PSS)', unit: 'bytes', ...pssOf(samples) },
      'target.processes': { title: 'Processes', unit: '', ...level('target.processes') },
      ...hostGauges(hostPercent),
    },
    ...{ missing: {}, partly: {} },
    samples,
    charted: ['target.cpu', 'target.memory'],
    totals: { 'target.cpu': cpuMs },
    facts: { cpuQuota: { generator: null, target: null, isShared: false } },
    costs: {},
  };
}

function hostGauges(percent: number): GaugeReadings['summaries'] {
  const rate = { unit: '%', growthPerMinute: null, samples: 21 };
  return {
    'host.cpu': { title: 'CPU of the host', ...rate, mean: percent, max: percent },
    'host.steal': { title: 'CPU stolen by other guests', ...rate, mean: 0, max: 0 },
  };
}

/** Looked at before and after the window: a third of the pages are shared by all workers. */
function pssOf(looks: readonly GaugeSample[]): {
  mean: number;
  max: number;
  growthPerMinute: number | null;
  samples: number;
} {
  const edges = [looks[0], looks.at(-1)].flatMap((look) =>
    look ? [Math.round((look.values['target.memory'] ?? 0) * 0.7)] : [],
  );
  const mean = edges.reduce((sum, bytes) => sum + bytes, 0) / edges.length;
  return { mean, max: Math.max(...edges), growthPerMinute: null, samples: edges.length };
}

/** All requests of the plan, in the order of their ends. */
function handled(target: SimulatedEndpoint, place: CellPlace, random: Random): Sample[] {
  const schedule = scheduleOf(place.load, { index: 0, of: 1 });
  const timeoutUs = place.timeoutMs * 1000;
  const freeAtUs = new Array<number>(target.atOnce * place.workers).fill(0);
  const samples = Array.from({ length: schedule.planned }, (_, index) => {
    const dueUs = schedule.dueAtUs(index)!;
    const releasedUs = dueUs + logNormal(random, target.lagMs * 1000, 0.5);
    const workUs = logNormal(random, target.serviceMs * 1000, target.spread);
    const hand = freeAtUs.indexOf(Math.min(...freeAtUs));
    const begunUs = Math.max(releasedUs, freeAtUs[hand]!);
    // One that was given up while it waited is not worked on.
    if (begunUs - dueUs < timeoutUs) freeAtUs[hand] = begunUs + workUs;
    const fails = random() < target.failShare;
    const stamps = { dueUs, releasedUs, sentUs: releasedUs, bytesSent: 12 };
    if (begunUs + workUs - dueUs >= timeoutUs)
      return sample({ ...stamps, doneUs: dueUs + timeoutUs, outcome: 'timed-out', status: 0 });
    const doneUs = begunUs + workUs;
    if (fails) return sample({ ...stamps, doneUs, outcome: 'wrong-status', status: 500, bytesReceived: 21 });
    return sample({ ...stamps, doneUs, bytesReceived: 120 });
  });
  return samples.sort((a, b) => a.doneUs - b.doneUs);
}

/** In whole microseconds, so that another version of Math.exp gives the same bytes. */
function logNormal(random: Random, median: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.round(median * Math.exp(spread * normal));
}

const LOOK_EVERY_MS = 500;

function gaugeSamples(
  { cpuMsPerRequest, memoryMb }: SimulatedEndpoint,
  { seconds }: Measurements,
  windowMs: number,
  random: Random,
): GaugeSample[] {
  const count = Math.floor(windowMs / LOOK_EVERY_MS) + 1;
  return Array.from({ length: count }, (_, look) => {
    const second = seconds[Math.floor(((look - 0.5) * LOOK_EVERY_MS) / 1000)];
    const answers = second ? second.succeeded + second.failed : 0;
    const cpuPercent = look === 0 ? 0 : (answers * cpuMsPerRequest * (0.95 + 0.1 * random())) / 10;
    return {
      elapsedMs: look * LOOK_EVERY_MS,
      values: {
        'target.cpu': Math.round(cpuPercent * 10) / 10,
        'target.memory': Math.round((memoryMb + random() + look / 50) * 1024) * 1024,
        'target.processes': 1,
      },
    };
  });
}

function threadAudit(random: Random, requests: number): ThreadAudit {
  const gapErrorUs = new DistributionRecorder();
  for (let gap = 0; gap < requests; gap += 1) gapErrorUs.add(Math.round(20 * randomAt(1, gap)));
  return {
    busyShare: 0.1 + 0.05 * random(),
    cpuMs: 900,
    memoryBytes: 60_000_000,
    gc: { pauses: 3, totalMs: 2.4, maxMs: 1.1 },
    gapErrorUs: gapErrorUs.snapshot(),
    death: null,
    connectionsOpened: 12,
    connectionsOpenedInWindow: 0,
    connectionEndsInWindow: { byTarget: 0, byBench: 0, afterTimeout: 0 },
    connectionLimitReached: false,
    longestQueue: 0,
  };
}
