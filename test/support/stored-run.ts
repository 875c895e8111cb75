import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { safeFileName } from '../../src/kernel/text.js';
import { spectrumOf } from '../../src/measure/spectrum.js';
import type { LoadPlan } from '../../src/model/load-plan.js';
import { durationMsOf, highestRateOf } from '../../src/model/plan-figures.js';
import type { Report, ReportCell } from '../../src/model/report.js';
import type { RunRecord } from '../../src/model/run-record.js';
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
  readonly plans?: readonly LoadPlan[];
  readonly workers?: readonly number[];
  readonly repeats?: number;
  readonly timeoutMs?: number;
  readonly seed?: number;
  /** What the record says beyond its cells. */
  readonly changes?: Partial<Omit<RunRecord, 'cells'>>;
}

export function constantRate(ratePerSecond: number, durationMs = 3000): LoadPlan {
  return { kind: 'constant-rate', ratePerSecond, durationMs, arrivals: 'constant' };
}

/** A whole run, made up but alike in every part to a real one; the same words give the same bytes. */
export function simulatedRun({
  name = 'bench_20260115_120000',
  endpoints,
  plans = [constantRate(100), constantRate(300)],
  workers = [1],
  repeats = 1,
  timeoutMs = 2000,
  seed = 1,
  changes = {},
}: RunPlan): SimulatedRun {
  const places = numbersTo(repeats).flatMap((repeat) =>
    workers.flatMap((count) =>
      plans.flatMap((plan) => endpoints.map((target) => ({ target, plan, workers: count, repeat }))),
    ),
  );
  let elapsedMs = 0;
  const cells = places.map(({ target, ...place }) => {
    const load = place.plan.kind === 'stages' ? 'stages' : String(highestRateOf(place.plan));
    const workerPart = workers.length > 1 ? [`w${place.workers}`] : [];
    const repeatPart = repeats > 1 ? [`r${place.repeat}`] : [];
    const id = [target.id, ...workerPart, load, ...repeatPart].map(safeFileName).join('_');
    const startedAt = instant(elapsedMs);
    elapsedMs += durationMsOf(place.plan) + 1000;
    return simulatedCell(target, { ...place, id, startedAt, timeoutMs, seed });
  });
  const record = runRecord({
    config: {
      ...{ scenario: 'node-sqlite', plans, workers, repeats, seed, timeoutMs, warmupMs: 2000 },
      ...{ maxConnections: 1024, maxQueue: 1_000_000, client: 'wire', pacing: 'auto', threads: 'auto' },
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
export function reportOf({ name, run: { cells: _cells, ...run }, cells }: SimulatedRun): Report {
  return { name, folder: `/runs/${name}`, run, cells: cells.map(reportCell), remarks: [] };
}

function reportCell({ record, file, resources }: SimulatedCell): ReportCell {
  const { latencyMs, histograms } = record;
  return {
    record,
    buckets: file.series.map(({ buckets }) => buckets),
    samples: resources.samples,
    spectra: {
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
  for (const { file, resources } of cells) {
    await write(`${file.id}.json`, file);
    await write(`${file.id}_cpu.json`, resources);
  }
  return folder;
}
