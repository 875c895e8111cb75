import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellRecord } from '../../dist/app/run/cell-record.js';
import { seededRandom } from '../../dist/kernel/random.js';
import { DistributionRecorder } from '../../dist/measure/distribution.js';
import { cellCollector } from '../../dist/measure/cell-collector.js';

/**
 * @typedef {object} MadeUpLoad
 * @property {number} users
 * @property {readonly { method: string, path: string, meanMs: number }[]} endpoints
 */

const WINDOW_MS = 60_000;
const STARTED_AT = '2026-01-15T12:00:00.000Z';
/** Of each endpoint. */
const REQUESTS = 125;

/**
 * A results directory as a run leaves it, with a cell for each load: collected, summarised and judged by bench itself, only
 * the requests are made up.
 * @param {string} folder @param {readonly MadeUpLoad[]} loads
 */
export function writeSyntheticMixtures(folder, loads) {
  mkdirSync(folder, { recursive: true });
  const cells = loads.map((load) => {
    const { record, file } = syntheticMixture(load);
    writeFileSync(join(folder, `${record.id}.json`), JSON.stringify(file));
    return record;
  });
  const run = {
    ...{ schemaVersion: 2, tool: { name: 'openapi-bench', version: '0.1.0' }, command: ['run'] },
    ...{ startedAt: STARTED_AT, finishedAt: STARTED_AT, status: 'complete', failure: null },
    owner: { pid: 1, host: 'synthetic' },
    environment: {
      ...{ node: process.version, cpuModel: 'made up', cores: 2, memoryBytes: 8e9, kernel: 'made up' },
      ...{
        openFilesLimit: 20_000,
        freeFiles: 19_000,
        localPorts: 28_000,
        loadAverage1m: 0.5,
        gitCommit: null,
      },
    },
    config: { scenario: 'synthetic', seed: 1, target: { kind: 'command' }, timeoutMs: 10_000 },
    targetEvents: [],
    cells,
  };
  writeFileSync(join(folder, 'results.json'), JSON.stringify(run));
}

/** A cell of users who ask each endpoint as often. @param {MadeUpLoad} load */
export function syntheticMixture({ users, endpoints }) {
  const operations = endpoints.map(({ method, path }) => ({
    ...{ id: `${method} ${path}`, method, path, weight: 1 },
  }));
  return cellRecord(
    {
      ...{ id: `mixture_u${users}`, workers: 1, repeat: 1, startedAt: STARTED_AT },
      subject: { id: 'mixture', operations },
      share: shareOf(users, operations.length),
      measurements: collect(users, endpoints),
      gauges: {
        ...{ summaries: {}, missing: {}, partly: {}, samples: [], charted: [], totals: {} },
        ...{ facts: {}, costs: {} },
      },
      targetDeath: undefined,
    },
    true,
  );
}

/** @param {number} users @param {number} count @returns {import('../../dist/model/generation/generator.js').GeneratorShare} */
function shareOf(users, count) {
  return {
    load: { kind: 'users', users, spawnRatePerSecond: users, durationMs: WINDOW_MS, think: null },
    part: { index: 0, of: 1 },
    address: {
      ...{ origin: 'http://127.0.0.1:8000', socketPath: null },
      ...{ acceptsAnyCertificate: false, keepAlive: true },
    },
    client: 'wire',
    operations: Array.from({ length: count }, () => ({ blueprints: [], weight: 1 })),
    ...{ seed: 0, firstSerial: { warmup: 0, window: 0 }, timeoutMs: 10_000, pacing: 'relaxed' },
    ...{ maxConnections: 1024, maxQueue: 1_000_000 },
    warmup: { durationMs: 0, connections: 4, ratePerSecond: 1 },
  };
}

/** Response times spread evenly from half their mean to half as much again. @param {number} users @param {MadeUpLoad['endpoints']} endpoints */
function collect(users, endpoints) {
  const random = seededRandom(users);
  const collector = cellCollector({ ms: WINDOW_MS }, endpoints.length);
  const ended = endpoints
    .flatMap(({ meanMs }, operation) =>
      Array.from({ length: REQUESTS }, (_, at) => {
        const dueUs = ((at + random()) / REQUESTS) * (WINDOW_MS - 2000) * 1000;
        const share = 0.5 + (at + 0.5) / REQUESTS;
        return { operation, dueUs, doneUs: dueUs + meanMs * share * 1000 };
      }),
    )
    .sort((a, b) => a.doneUs - b.doneUs);
  for (const { operation, dueUs, doneUs } of ended) {
    collector.add({
      ...{ operation, dueUs, releasedUs: dueUs + 20 + 60 * random(), sentUs: dueUs + 100, doneUs },
      ...{ outcome: 'succeeded', status: 200, failure: '', bytesReceived: 40, bytesSent: 0, answer: null },
    });
  }
  return collector.snapshot({
    ...{ busyShare: 0.1, cpuMs: 100, memoryBytes: 6e7, gc: { pauses: 0, totalMs: 0, maxMs: 0 } },
    ...{ gapErrorUs: new DistributionRecorder().snapshot(), death: null },
    ...{ connectionsOpened: users, connectionsOpenedInWindow: 0 },
    connectionEndsInWindow: { byTarget: 0, byBench: 0, afterTimeout: 0 },
    ...{ connectionLimitReached: false, longestQueue: 0 },
  });
}
