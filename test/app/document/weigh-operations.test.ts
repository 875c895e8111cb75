import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { weighOperations } from '../../../src/app/document/weigh-operations.js';
import { resolveRunConfig } from '../../../src/config/resolve-run-config.js';
import type { RunFlags } from '../../../src/config/flag-reader.js';
import { scenarioSchema } from '../../../src/model/config/scenario.js';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { userErrorOf } from '../../support/caught.js';
import { test } from '../../support/folder.js';

const { operations } = describeApi({
  openapi: '3.1.0',
  paths: {
    '/items': { get: { operationId: 'list_items' }, post: { operationId: 'create_item' } },
    '/items/{id}': { get: { operationId: 'get_item' }, delete: { operationId: 'drop_item' } },
  },
});
const selected = operations.filter(({ method }) => method !== 'DELETE');

async function weighed(flags: RunFlags, weights?: Record<string, number>) {
  const scenario = scenarioSchema.parse({ name: 'shop', ...(weights && { load: { weights } }) });
  const told = { url: 'http://127.0.0.1:1', ...flags };
  const config = resolveRunConfig(told, { scenario, folder: '/shop' }, { freeFiles: null });
  const notices: string[] = [];
  const found = await weighOperations(selected, operations, config, (event) => {
    if (event.kind === 'notice') notices.push(event.message);
  });
  return { weights: Object.fromEntries([...found].map(([{ id }, weight]) => [id, weight])), notices };
}

async function problemsOf(...args: Parameters<typeof weighed>): Promise<string[]> {
  const error = await userErrorOf(() => weighed(...args));
  expect(error.fault).toBe('usage');
  return error.message.split('\n');
}

describe('a mixture', () => {
  test('is none where each operation is loaded alone', async () => {
    expect(await weighed({}, { get_item: 9 })).toEqual({ weights: {}, notices: [] });
  });

  test('asks all operations equally often, unless weights say otherwise', async () => {
    expect((await weighed({ mix: true })).weights).toEqual({ list_items: 1, create_item: 1, get_item: 1 });
    expect(await weighed({ mix: true, weights: ['get_item=8', 'post /items=0'] })).toEqual({
      weights: { list_items: 1, get_item: 8 },
      notices: ['The mixture of 2 operations: GET /items/{id} 88.9 %, GET /items 11.1 %.'],
    });
  });

  test('takes the weights of the scenario where no flag replaces them', async () => {
    const ofScenario = { get_item: 5, drop_item: 3 };
    expect((await weighed({ mix: true }, ofScenario)).weights).toEqual({
      ...{ list_items: 1, create_item: 1, get_item: 5 },
    });
    expect((await weighed({ mix: true, weights: ['list_items=2'] }, ofScenario)).weights).toMatchObject({
      ...{ list_items: 2, get_item: 1 },
    });
  });

  test('is refused with all names that mean nothing here, and the nearest that mean something', async () => {
    expect(
      await problemsOf({ mix: true, weights: ['get_itm=9', 'POST /item=1', 'drop_item=1', 'items*=2'] }),
    ).toEqual([
      'weights: there is no operation “get_itm”. Did you mean get_item?',
      'weights: there is no operation “POST /item”. Did you mean POST /items?',
      'weights: “drop_item” is not among the operations that this run selects: select it with --methods or --include, or give it no weight.',
      'weights: there is no operation “items*”.',
    ]);
    expect(
      await problemsOf({ mix: true, weights: ['get_item=0', 'list_items=0', 'create_item=0.0'] }),
    ).toEqual(['weights: every operation that this run selects has the weight 0.']);
  });

  test('is as often what an access log asks, and says what of the log it could not use', async ({
    folder,
  }) => {
    const log = join(folder, 'access.log');
    const line = (request: string): string =>
      `::1 - - [10/Oct/2026:13:55:36 +0000] "${request} HTTP/1.1" 200 1\n`;
    const asked = [
      'GET /items/1',
      'GET /items/2',
      'GET /items/3',
      'GET /items',
      'DELETE /items/3',
      'GET /a?token=b',
    ];
    writeFileSync(log, [...asked.map(line), 'broken\n', line('GET /a')].join(''));
    const { weights, notices } = await weighed({ mix: true, weightsFrom: log });

    expect(weights).toEqual({ list_items: 1, get_item: 3 });
    expect(notices).toEqual([
      'Weights from access.log: 50.0 % of its 8 lines ask the operations of this run. 25.0 % ask what the document does not have: GET /a (2). 12.5 % ask operations that this run does not select: DELETE /items/{id} (1). 12.5 % hold no request that can be read. Left out, since the log does not ask them: POST /items.',
      'The mixture of 2 operations: GET /items/{id} 75.0 %, GET /items 25.0 %.',
    ]);
    writeFileSync(log, line('DELETE /items/3'));
    expect((await problemsOf({ mix: true, weightsFrom: log }))[0]).toMatch(
      /^weights: the log asks none of the selected operations\. Weights from access\.log: 0\.0 % of its 1 line/,
    );
  });
});
