import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareReports } from '../../src/analyze/compare/compare-reports.js';
import { safeFileName } from '../../src/kernel/text.js';
import { spectrumOf } from '../../src/measure/spectrum.js';
import { type Load, highestRateOf } from '../../src/model/loads/index.js';
import { windowMsOf } from './loads.js';
import type { Report, ReportCell } from '../../src/model/report/report.js';
import type { RunRecord } from '../../src/model/results/run-record.js';
import type { ComparedReports } from '../../src/report/html/render-comparison.js';
import { storedReport } from './reports.js';
import { runRecord } from './runs.js';
import { endpoint, simulatedCell, type SimulatedCell, type SimulatedEndpoint } from './simulated-cell.js';

export { endpoint };

export interface SimulatedRun {
  readonly name: string;
  readonly run: RunRecord;
  readonly cells: readonly SimulatedCell[];
}

export interface RunPlan {
  readonly name?: string;
  readonly endpoints: readonly SimulatedEndpoint[];
  readonly loads?: readonly Load[];
  readonly workers?: readonly number[];
  readonly repeats?: number;
  readonly timeoutMs?: number;
  readonly seed?: number;
  /** What the record says beyond its cells. */
  readonly changes?: Partial<Omit<RunRecord, 'cells'>>;
}

export function constantRate(ratePerSecond: number, durationMs = 3000): Load {
  return { kind: 'constant-rate', ratePerSecond, durationMs, arrivals: 'constant' };
}

/** A whole run, made up but alike in every part to a real one; the same words give the same bytes. */
export function simulatedRun({
  name = 'bench_20260115_120000',
  endpoints,
  loads = [constantRate(100), constantRate(300)],
  workers = [1],
  repeats = 1,
  timeoutMs = 2000,
  seed = 1,
  changes = {},
}: RunPlan): SimulatedRun {
  const places = numbersTo(repeats).flatMap((repeat) =>
    workers.flatMap((count) =>
      loads.flatMap((load) => endpoints.map((target) => ({ target, load, workers: count, repeat }))),
    ),
  );
  let elapsedMs = 0;
  const cells = places.map(({ target, ...place }) => {
    const load = place.load.kind === 'stages' ? 'stages' : String(highestRateOf(place.load));
    const workerPart = workers.length > 1 ? [`w${place.workers}`] : [];
    const repeatPart = repeats > 1 ? [`r${place.repeat}`] : [];
    const id = [target.id, ...workerPart, load, ...repeatPart].map(safeFileName).join('_');
    const startedAt = instant(elapsedMs);
    elapsedMs += windowMsOf(place.load) + 1000;
    return simulatedCell(target, { ...place, id, startedAt, timeoutMs, seed });
  });
  const record = runRecord({
    config: {
      ...{ scenario: 'node-sqlite', loads, workers, repeats, seed, timeoutMs, warmupMs: 2000 },
      ...{ maxConnections: 1024, maxQueue: 1_000_000, client: 'wire', pacing: 'auto', threads: 'auto' },
      target: { kind: 'command' },
    },
    finishedAt: instant(elapsedMs),
    ...changes,
    cells: cells.map(({ record }) => record),
  });
  return { name, run: record, cells };
}

function numbersTo(last: number): number[] {
  return Array.from({ length: last }, (_, at) => at + 1);
}

function instant(elapsedMs: number): string {
  return new Date(Date.UTC(2026, 0, 15, 12) + elapsedMs).toISOString();
}

/** The run as renderers take it, without a disk. */
export function reportOfRun({ name, run: { cells: _cells, ...run }, cells }: SimulatedRun): Report {
  return storedReport(cells.map(reportCell), { name, folder: `/runs/${name}`, run });
}

function reportCell({ record, file, samples }: SimulatedCell): ReportCell {
  const { latencyMs, histograms } = record;
  return {
    record,
    buckets: file.series.map(({ buckets }) => buckets),
    samples: samples.samples,
    spectra: {
      byOperation: [],
      response: spectrumOf(latencyMs.response, histograms.response, histograms.responseCensored),
      service: spectrumOf(latencyMs.service, histograms.service),
      sendLag: spectrumOf(latencyMs.sendLag, histograms.sendLag),
    },
  };
}

/** Writes the run's results directory below `parent`; resolves to its path. */
export async function storeRun(parent: string, { name, run, cells }: SimulatedRun): Promise<string> {
  const folder = join(parent, name);
  await mkdir(folder, { recursive: true });
  const write = (file: string, content: unknown): Promise<void> =>
    writeFile(join(folder, file), `${JSON.stringify(content)}\n`);
  await write('results.json', run);
  for (const { file, samples } of cells) {
    await write(`${file.id}.json`, file);
    await write(`${file.id}_cpu.json`, samples);
  }
  return folder;
}

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
    loads: [constantRate(100, 2000), constantRate(300)],
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
  const [base, candidate] = [reportOfRun(before), reportOfRun(after)];
  return { base, candidate, comparison: compareReports([base], [candidate]) };
}
