import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellRecord } from '../../dist/app/run/cell-record.js';
import { seededRandom } from '../../dist/kernel/random.js';
import { DistributionRecorder } from '../../dist/measure/distribution.js';
import { cellCollector } from '../../dist/measure/cell-collector.js';

/**
 * @typedef {object} RunShape
 * @property {number} cells
 * @property {number} seconds of each cell's window
 * @property {number} [nameCharacters] each cell is then one of an operation of its own, whose name and path are so long
 */

const RATES = [20, 50, 100, 150, 200];
const SAMPLE_PERIOD_MS = 500;

/**
 * A results directory as a run leaves it: every cell is collected, summarised and judged by bench itself,
 * only the requests are made up. The same shape gives the same files.
 *
 * @param {string} folder
 * @param {RunShape} shape
 */
export function writeSyntheticRun(folder, shape) {
  mkdirSync(folder, { recursive: true });
  const records = Array.from({ length: shape.cells }, (_, at) => writeCell(folder, shape, at));
  const startedAt = '2026-01-15T12:00:00.000Z';
  const run = {
    schemaVersion: 2,
    tool: { name: 'openapi-bench', version: '0.1.0' },
    command: ['run', '--rates', ...RATES.map(String)],
    startedAt,
    finishedAt: '2026-01-15T13:00:00.000Z',
    status: 'complete',
    failure: null,
    owner: { pid: 1, host: 'synthetic' },
    environment: {
      node: process.version,
      cpuModel: 'made up',
      cores: 2,
      memoryBytes: 8e9,
      kernel: 'made up',
      openFilesLimit: 20_000,
      freeFiles: 19_000,
      localPorts: 28_000,
      loadAverage1m: 0.5,
      gitCommit: null,
    },
    config: {
      scenario: 'synthetic',
      seed: 1,
      target: { kind: 'command' },
      timeoutMs: shareOf(1, 1).timeoutMs,
    },
    targetEvents: [],
    cells: records,
  };
  writeFileSync(join(folder, 'results.json'), JSON.stringify(run));
}

/** @param {string} folder @param {RunShape} shape @param {number} at @returns the cell's entry in results.json */
function writeCell(folder, shape, at) {
  const { nameCharacters } = shape;
  const endpoint = nameCharacters === undefined ? Math.floor(at / (RATES.length * 2)) : at;
  const ratePerSecond = RATES[at % RATES.length] ?? 0;
  const workers = Math.floor(at / RATES.length) % 2 === 0 ? 1 : 2;
  const short = `endpoint_${String(endpoint).padStart(3, '0')}_reads_an_item`;
  const name = short.padEnd(nameCharacters ?? 0, '_of_many_words');
  const id = `${short}_w${workers}_${ratePerSecond}`;
  const samples = gaugeSamples(shape.seconds);
  const { record, file } = cellRecord(
    {
      id,
      workers,
      repeat: 1,
      subject: {
        id: name,
        operations: [{ id: name, method: 'GET', path: `/items/${name.slice(9)}/{id}`, weight: 1 }],
      },
      share: shareOf(shape.seconds, ratePerSecond),
      startedAt: '2026-01-15T12:00:00.000Z',
      measurements: collect(shape.seconds, ratePerSecond, at + 1),
      gauges: {
        summaries: {
          'target.cpu': { title: 'CPU', unit: '%', ...level(66, 90) },
          'target.memory': { title: 'Memory', unit: 'bytes', ...level(9e7, 9.5e7) },
          'target.memory.pss': { title: 'Memory (PSS)', unit: 'bytes', ...level(7e7, 7.1e7) },
          'target.processes': { title: 'Processes', unit: '', ...level(1, 1) },
          'host.cpu': { title: 'CPU of the host', unit: '%', ...level(50, 50) },
        },
        ...{ missing: {}, partly: {}, details: {} },
        samples,
        charted: ['target.cpu', 'target.memory'],
        totals: { 'target.cpu': 660 * shape.seconds },
        ...{ facts: {}, costs: {} },
      },
      targetDeath: undefined,
    },
    true,
  );
  writeFileSync(join(folder, `${id}.json`), JSON.stringify(file));
  writeFileSync(join(folder, `${id}_cpu.json`), JSON.stringify({ schemaVersion: 2, id, samples }));
  return record;
}

/** @param {number} seconds @param {number} ratePerSecond @returns {import('../../dist/model/generation/generator.js').GeneratorShare} */
function shareOf(seconds, ratePerSecond) {
  return {
    load: { kind: 'constant-rate', ratePerSecond, durationMs: seconds * 1000, arrivals: 'constant' },
    part: { index: 0, of: 1 },
    address: {
      origin: 'http://127.0.0.1:8000',
      socketPath: null,
      acceptsAnyCertificate: false,
      keepAlive: true,
    },
    client: 'wire',
    operations: [{ blueprints: [], weight: 1 }],
    seed: 0,
    firstSerial: { warmup: 0, window: 0 },
    timeoutMs: 10_000,
    maxConnections: 1024,
    maxQueue: 1_000_000,
    pacing: 'relaxed',
    warmup: { durationMs: 0, connections: 4, ratePerSecond },
  };
}

/**
 * Latencies as a log-normal distribution with a tail, so that the histograms are as wide as real ones.
 * @param {number} seconds @param {number} ratePerSecond @param {number} seed
 */
function collect(seconds, ratePerSecond, seed) {
  const random = seededRandom(seed);
  const medianUs = 300 + 40_000 * random();
  const collector = cellCollector({ ms: seconds * 1000 }, 1);
  const total = seconds * ratePerSecond;
  const ended = Array.from({ length: total }, (_, at) => {
    const dueUs = (at * 1e6) / ratePerSecond;
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const tail = random() < 0.01 ? 8 : 1;
    return { dueUs, doneUs: dueUs + medianUs * Math.exp(0.4 * normal) * tail };
  }).sort((a, b) => a.doneUs - b.doneUs);
  for (const { dueUs, doneUs } of ended) {
    collector.add({
      operation: 0,
      dueUs,
      releasedUs: dueUs + 20 + 60 * random(),
      sentUs: dueUs + 100,
      doneUs: Math.max(doneUs, dueUs + 150),
      outcome: 'succeeded',
      status: 200,
      failure: '',
      bytesReceived: 40,
      bytesSent: 0,
      answer: null,
    });
  }
  return collector.snapshot({
    busyShare: 0.1,
    cpuMs: 100,
    memoryBytes: 6e7,
    gc: { pauses: 0, totalMs: 0, maxMs: 0 },
    gapErrorUs: new DistributionRecorder().snapshot(),
    death: null,
    connectionsOpened: 4,
    connectionsOpenedInWindow: 0,
    connectionEndsInWindow: { byTarget: 0, byBench: 0, afterTimeout: 0 },
    connectionLimitReached: false,
    longestQueue: 0,
  });
}

/** @param {number} mean @param {number} max */
function level(mean, max) {
  return { mean, max, growthPerMinute: null, samples: 3 };
}

/** @param {number} seconds */
function gaugeSamples(seconds) {
  return Array.from({ length: (seconds * 1000) / SAMPLE_PERIOD_MS }, (_, at) => ({
    elapsedMs: at * SAMPLE_PERIOD_MS,
    values: { 'target.cpu': 60 + (at % 20), 'target.memory': 9e7 + 1000 * at, 'target.processes': 1 },
  }));
}
