import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judgeCell } from '../../../src/analyze/judge-cell.js';
import { readReport } from '../../../src/app/outputs/read-report.js';
import type { CellRecord } from '../../../src/model/results/cell-record.js';
import { RunStore } from '../../../src/store/run-store.js';
import { cell, judgedRun } from '../../support/cells.js';
import { test } from '../../support/folder.js';
import { runRecord } from '../../support/runs.js';
import { measuredCell } from '../../support/reports.js';
import { describe, expect } from 'vitest';
import { constantRate, endpoint, reportOfRun, simulatedRun, storeRun } from '../../support/simulated-runs.js';

const VERSION_1 = fileURLToPath(new URL('../../fixtures/runs/version-1', import.meta.url));

/** What judging asks of it. */
const CONFIG = { target: { kind: 'command' }, timeoutMs: 10_000 };

/** A cell with histograms that can be decoded. */
function soundRecord(): CellRecord {
  const { record } = measuredCell({ answeredUs: [[1000, 2000], [3000]], timedOutUs: [9000] });
  const { response } = record.histograms;
  const unjudged = { ...record, generator: { ...record.generator, released: record.counts.planned } };
  return {
    ...unjudged,
    verdict: judgeCell(unjudged, judgedRun),
    histograms: { ...record.histograms, service: response, sendLag: response, queueWait: response },
  };
}

async function store(folder: string, record: CellRecord): Promise<void> {
  const made = await RunStore.create(folder);
  const series = record.series.map((second) => ({ ...second, buckets: [[960, 1] as [number, number]] }));
  const samples = [{ elapsedMs: 500, values: { 'target.cpu': 10, 'target.memory': 1000 } }];
  await made.writeCell({ schemaVersion: 2, ...record, series }, { schemaVersion: 2, id: record.id, samples });
  await made.writeRun(runRecord({ config: CONFIG, cells: [record] }));
}

test('a report has the seconds, the samples and the distributions of each cell', async ({ folder }) => {
  const path = join(folder, 'bench_20260115_120000');
  await store(path, soundRecord());
  const { name, cells, remarks } = await readReport(undefined, folder);
  expect([name, remarks]).toEqual(['bench_20260115_120000', []]);
  expect(cells[0]!.buckets).toEqual([[[960, 1]], [[960, 1]]]);
  expect(cells[0]!.samples).toHaveLength(1);
  const { response, service } = cells[0]!.spectra;
  expect(response.points.map(({ count, isLowerBound }) => [count, isLowerBound])).toEqual([
    [1, false],
    [2, false],
    [3, false],
    [4, true],
  ]);
  expect(service.count).toBe(3);
});

test('histograms that cannot be decoded cost the distributions, and nothing else', async ({ folder }) => {
  const path = join(folder, 'run');
  await store(path, cell());
  const { cells, remarks } = await readReport(path);
  expect(cells[0]!.record).toEqual(cell());
  expect(cells[0]!.spectra.response).toEqual({ count: 0, points: [] });
  expect(remarks).toEqual([expect.stringMatching(/^The histograms of get_item_1000 are damaged \(.+\): /)]);
});

const run = simulatedRun({
  endpoints: [endpoint('quick'), endpoint('slow', { serviceMs: 50, atOnce: 2 })],
  loads: [constantRate(100, 2000)],
  workers: [1, 2],
  repeats: 2,
  timeoutMs: 500,
});

describe('a stored run', () => {
  test('is read back as it was made', async ({ folder }) => {
    const stored = await readReport(await storeRun(folder, run));
    expect({ ...stored, folder: '' }).toEqual({ ...reportOfRun(run), folder: '' });
  });

  test('that is overloaded has figures that are only lower bounds', () => {
    const slow = run.cells.find(({ record }) => record.subject.id === 'slow');
    expect(slow?.record.latencyMs.response.lowerBounds).toContain('p99');
    expect(slow?.record.successRate).toBeLessThan(0.9);
  });

  test('is the same whenever it is made', () => {
    const again = simulatedRun({ endpoints: [endpoint('quick')], loads: [constantRate(50, 1000)] });
    const other = simulatedRun({ endpoints: [endpoint('quick')], loads: [constantRate(50, 1000)] });
    expect(other).toEqual(again);
  });
});

test('says once why CPU and memory are not known', async ({ folder }) => {
  const path = join(folder, 'run');
  const made = await RunStore.create(path);
  const reason = 'it runs on another machine';
  const cells = ['a', 'b'].map((id) => ({
    ...soundRecord(),
    ...{ id, gauges: {}, gaugesMissing: { 'target.cpu': reason, 'target.memory': reason } },
  }));
  await made.writeRun(runRecord({ config: CONFIG, cells }));
  const { remarks } = await readReport(path);
  const said = remarks.filter((remark) => remark.includes('CPU'));
  expect(said).toEqual(["The target's CPU and memory are unknown: it runs on another machine."]);
});

test('a run is judged by the rules of today, and its results stay as they are', async ({ folder }) => {
  const path = join(folder, 'run');
  const reasons = [{ id: 'moon-phase', message: 'it was full' }];
  await store(path, { ...cell(), verdict: { state: 'INVALID', reasons } });
  const { cells, remarks } = await readReport(path);
  expect(cells[0]!.record.verdict).toEqual({ state: 'VALID', reasons: [] });
  expect(remarks[0]).toBe(
    '1 cell was judged otherwise by openapi-bench 0.1.0, which measured it: get_item_1000 ' +
      '(INVALID moon-phase; now VALID). moon-phase is no longer a rule and does not count.',
  );
  expect(JSON.parse(await readFile(join(path, 'results.json'), 'utf8'))).toMatchObject({
    cells: [{ verdict: { state: 'INVALID', reasons } }],
  });
});

test('a run of version 1 is judged anew as well', async () => {
  const { cells, remarks } = await readReport(VERSION_1);
  expect(remarks).toEqual([]);
  const told = cells.map(({ record: { verdict } }) => [
    verdict.state,
    ...verdict.reasons.map(({ id }) => id),
  ]);
  expect(told).toEqual([
    ['SUSPECT', 'requests-timed-out', 'not-stationary', 'few-samples'],
    ['SUSPECT', 'few-samples'],
    ['SUSPECT', 'requests-timed-out'],
    ['VALID'],
  ]);
});
