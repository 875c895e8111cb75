import { readFile } from 'node:fs/promises';
import Fastify from 'fastify';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { comparisonSchema } from '../src/model/results/comparison.js';
import { fitnessSchema } from '../src/model/results/fitness.js';
import { historySchema } from '../src/model/results/history.js';
import { noiseFloorSchema } from '../src/model/results/noise-floor.js';
import { cellFileSchema, sampleFileSchema, runRecordSchema } from '../src/model/results/run-record.js';
import type { Load } from '../src/model/loads/index.js';
import { scenarioSchema } from '../src/model/config/scenario.js';
import { streamEventSchema } from '../src/model/live/stream-event.js';
import { cell } from './support/cells.js';
import { historyOf, levelsOf, runsOf } from './support/histories.js';
import { liveCell, liveSecond, warmUpSecond } from './support/live.js';
import { noiseFloor } from './support/noise.js';
import { comparedRuns } from './support/simulated-runs.js';
import { runRecord } from './support/runs.js';

const constant = { kind: 'constant-rate', ratePerSecond: 5, durationMs: 1000 } as const;

const RENEW = 'docs/schemas is stale; renew it with: npx vitest run test/schemas.test.ts -u';

const schemas = {
  // Strict: an editor shall mark a misspelt key.
  scenario: publish(scenarioSchema, 'Scenario file of openapi-bench', { strict: true }),
  // Keys may be added within a version, so readers shall not refuse them.
  results: publish(runRecordSchema, 'results.json of openapi-bench', { strict: false }),
  cell: publish(cellFileSchema, 'Cell file of openapi-bench', { strict: false }),
  event: publish(streamEventSchema, 'A line of `bench run --events`', { strict: false }),
  comparison: publish(comparisonSchema, 'What `bench compare --json` prints', { strict: false }),
  doctor: publish(fitnessSchema, 'What `bench doctor --json` prints', { strict: false }),
  history: publish(historySchema, 'What `bench history --json` prints', { strict: false }),
  'noise-floor': publish(noiseFloorSchema, 'What `bench calibrate --json` prints, and keeps', {
    strict: false,
  }),
};

function publish(schema: z.ZodType, title: string, { strict }: { strict: boolean }): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    // JSON's integers have as many digits as they like.
    unrepresentable: 'any',
    override({ jsonSchema, zodSchema }) {
      if (zodSchema._zod.def.type === 'bigint') jsonSchema.type = 'integer';
      if (!strict && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return { $schema, title, ...rest };
}

describe('the published schema of', () => {
  test.each(Object.entries(schemas))('%s is that of the model', async (name, schema) => {
    const text = `${JSON.stringify(schema, null, 2)}\n`;
    await expect(text, RENEW).toMatchFileSnapshot(`../docs/schemas/${name}.schema.json`);
  });
});

/** What a JSON Schema validator (the one inside Fastify) says of a value; undefined when it is valid. */
async function complaintOf(schema: object, value: unknown): Promise<string | undefined> {
  const app = Fastify({
    ajv: {
      customOptions: { removeAdditional: false, useDefaults: false, coerceTypes: false, allErrors: false },
    },
  });
  app.post('/', { schema: { body: schema } }, () => 'valid');
  const answer = await app.inject({ method: 'POST', url: '/', payload: value as object });
  return answer.statusCode === 200 ? undefined : answer.body;
}

describe('a run', () => {
  test('is valid by the model and by the published schema', async () => {
    expect(runRecordSchema.parse(runRecord())).toEqual(runRecord());
    expect(await complaintOf(schemas.results, runRecord())).toBeUndefined();
  });

  test('that is still under way, without cells and figures, is valid too', async () => {
    const running = runRecord({ status: 'running', finishedAt: null, cells: [cell({ gauges: null })] });
    expect(await complaintOf(schemas.results, running)).toBeUndefined();
  });

  test.each<[string, Load]>([
    ['of random arrivals', { ...constant, arrivals: 'poisson', seed: 7 }],
    [
      'of stages',
      { kind: 'stages', stages: [{ fromRatePerSecond: 0, toRatePerSecond: 5, durationMs: 1000 }] },
    ],
  ])('%s is valid too', async (_, load) => {
    const record = runRecord({ cells: [{ ...cell(), load }] });
    expect(runRecordSchema.parse(record)).toEqual(record);
    expect(await complaintOf(schemas.results, record)).toBeUndefined();
  });

  test.each<[string, object]>([
    ['random arrivals without a seed', { ...constant, arrivals: 'poisson' }],
    ['arrivals of another kind', { ...constant, arrivals: 'bursts' }],
    ['no stage', { kind: 'stages', stages: [] }],
    ['another kind of load', { kind: 'sawtooth' }],
  ])('of %s is not valid', async (_, load) => {
    const record = { ...runRecord(), cells: [{ ...cell(), load }] };
    expect(runRecordSchema.safeParse(record).success).toBe(false);
    expect(await complaintOf(schemas.results, record)).toBeDefined();
  });

  test('of a later tool, with keys that are not known yet, is valid too', async () => {
    const later = { ...runRecord(), notes: [], cells: [{ ...cell(), load: { ...cell().load, burst: 5 } }] };
    expect(await complaintOf(schemas.results, later)).toBeUndefined();
  });

  test.each<[string, object]>([
    ['of another version', { schemaVersion: 3 }],
    ['in an unknown state', { status: 'lost' }],
    ['without a beginning', { startedAt: undefined }],
    ['begun some day', { startedAt: 'yesterday' }],
    ['with half a cell', { cells: [{ id: 'x' }] }],
  ])('%s is not valid', async (_, changes) => {
    const record = { ...runRecord(), ...changes };
    expect(runRecordSchema.safeParse(record).success).toBe(false);
    expect(await complaintOf(schemas.results, record)).toBeDefined();
  });
});

test("a cell's own files are valid by model and published schema", async () => {
  const series = cell().series.map((second) => ({ ...second, buckets: [[700, 1000]] }));
  const file = { schemaVersion: 2, ...cell(), series };
  expect(cellFileSchema.parse(file)).toEqual(file);
  expect(await complaintOf(schemas.cell, file)).toBeUndefined();
  const withoutBuckets = { schemaVersion: 2, ...cell() };
  expect(await complaintOf(schemas.cell, withoutBuckets)).toContain('buckets');
  const sample = { elapsedMs: 0, values: { 'target.cpu': 0 } };
  expect(sampleFileSchema.safeParse({ schemaVersion: 2, id: 'a', samples: [sample] }).success).toBe(true);
});

describe('a line of the stream of events', () => {
  const at = '2026-01-15T12:00:00.000Z';
  const { id, name } = liveCell();
  const finished: unknown = JSON.parse(JSON.stringify({ ...cell(), histograms: undefined }));

  test.each<[string, object]>([
    ['a second of the window', { event: 'second', at, id, name, ...liveSecond() }],
    [
      'a second of the warm-up, of which nothing is counted',
      { event: 'second', at, id, name, ...warmUpSecond() },
    ],
    ['the beginning of a cell', { event: 'cell-started', at, ...liveCell(), number: 1, cells: 2 }],
    ['a finished cell', { event: 'cell', at, cell: finished }],
  ])('that tells of %s is valid by model and published schema', async (_name, line) => {
    expect(streamEventSchema.parse(line)).toEqual(line);
    expect(await complaintOf(schemas.event, line)).toBeUndefined();
  });

  test.each<[string, object]>([
    ['of an unknown kind', { event: 'minute', at }],
    ['without a time', { event: 'planned', cells: 1, expectedMs: 1 }],
    ['of half a second', { event: 'second', at, id, name }],
  ])('%s is not valid', async (_name, line) => {
    expect(streamEventSchema.safeParse(line).success).toBe(false);
    expect(await complaintOf(schemas.event, line)).toBeDefined();
  });
});

test('a comparison is valid by model and published schema', async () => {
  const { comparison } = comparedRuns();
  expect(comparisonSchema.parse(comparison)).toEqual(comparison);
  expect(await complaintOf(schemas.comparison, JSON.parse(JSON.stringify(comparison)))).toBeUndefined();
  expect(await complaintOf(schemas.comparison, { ...comparison, cells: [{}] })).toBeDefined();
});

test('a history is valid by model and published schema', async () => {
  const history = historyOf(runsOf(levelsOf([1, 12], [1.4, 8])));
  expect(history.series[0]?.changes).toHaveLength(1);
  expect(historySchema.parse(history)).toEqual(history);
  expect(await complaintOf(schemas.history, JSON.parse(JSON.stringify(history)))).toBeUndefined();
  expect(await complaintOf(schemas.history, { ...history, series: [{}] })).toBeDefined();
});

test('a noise floor is valid by model and published schema', async () => {
  expect(noiseFloorSchema.parse(noiseFloor())).toEqual(noiseFloor());
  expect(await complaintOf(schemas['noise-floor'], noiseFloor())).toBeUndefined();
  expect(await complaintOf(schemas['noise-floor'], { ...noiseFloor(), figures: [{}] })).toBeDefined();
});

describe('a scenario', () => {
  test.each(['node-sqlite', 'fastapi-sqlite', 'notes-postgres', 'processes-postgres'])(
    '%s, as shipped, is valid by the published schema',
    async (name) => {
      const file = new URL(`../scenarios/${name}/scenario.yaml`, import.meta.url);
      expect(await complaintOf(schemas.scenario, parse(await readFile(file, 'utf8')))).toBeUndefined();
    },
  );

  test('with a misspelt key is marked', async () => {
    expect(await complaintOf(schemas.scenario, { name: 'x', laod: {} })).toContain('additional properties');
    expect(await complaintOf(schemas.scenario, { name: 'x', start: { comand: 'y' } })).toBeDefined();
  });

  test('needs nothing but a name', async () => {
    expect(await complaintOf(schemas.scenario, { name: 'x' })).toBeUndefined();
    expect(await complaintOf(schemas.scenario, {})).toContain('name');
  });
});

test('an editor can explain every key of a scenario', async () => {
  const silent: string[] = [];
  const visit = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    for (const [key, inner] of Object.entries(schema)) {
      if (key !== 'properties') visit(inner, path);
      else
        for (const [name, property] of Object.entries(inner as Record<string, { description?: string }>)) {
          if (property.description === undefined) silent.push(`${path}.${name}`);
          visit(property, `${path}.${name}`);
        }
    }
  };
  visit(schemas.scenario, '');
  expect(silent).toEqual([]);
});
