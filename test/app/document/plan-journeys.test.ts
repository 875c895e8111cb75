import { describe, expect, test } from 'vitest';
import { journeysInWords, planJourneys } from '../../../src/app/document/plan-journeys.js';
import { resolveRunConfig } from '../../../src/config/resolve-run-config.js';
import { parseScenario } from '../../../src/config/read-scenario.js';
import { journeysTaken } from '../../../src/model/config/journeys.js';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { userErrorOf } from '../../support/caught.js';

const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const body = {
  content: { 'application/json': { schema: { type: 'object', properties: { owner: { type: 'integer' } } } } },
};
const document = {
  openapi: '3.1.0',
  paths: {
    '/login': { post: { operationId: 'sign_in' } },
    '/items': { post: { operationId: 'create_item', requestBody: body } },
    '/items/{id}': { parameters: [id], get: { operationId: 'get_item' }, put: { operationId: 'put_item' } },
  },
};
const { operations } = describeApi(document);

function plan(text: string, flags: Record<string, unknown> = { users: ['10'] }) {
  const scenario = parseScenario(`name: x\n${text}`, 'x.yaml');
  const told = { url: 'http://127.0.0.1:1', ...flags };
  const config = resolveRunConfig(told, { scenario, folder: '/x' }, { freeFiles: null });
  const journeys = journeysTaken(config);
  if (journeys === null) return { weights: null, words: null };
  const found = planJourneys(journeys, { document, operations, config });
  return {
    weights: Object.fromEntries([...found].map(([one, weight]) => [one.id, weight])),
    words: journeysInWords(journeys),
  };
}

async function problemsOf(...args: Parameters<typeof plan>): Promise<string> {
  const error = await userErrorOf(async () => plan(...args));
  expect(error.fault).toBe('usage');
  return error.message;
}

const START = "onStart: [{ call: sign_in, capture: { header.authorization: 'Bearer {/token}' } }]\n";
const one = (...steps: string[]): string => `journeys: [{ name: shop, steps: [${steps.join(', ')}] }]`;
const MAKE = '{ call: create_item, capture: { path.id: /id } }';

describe('journeys', () => {
  test('ask operations as often as their weights say, what is sent once for each user aside', () => {
    const text = `${START}journeys:
      - { name: shop, weight: 3, steps: [${MAKE}, get_item, get_item] }
      - { name: look, weight: 1, steps: [{ call: get_item, values: { path.id: 7 } }] }
      - { name: never, weight: 0, steps: [put_item] }`;
    expect(plan(text)).toEqual({
      weights: { sign_in: 1, create_item: 0.75, get_item: 1.75 },
      words:
        'Users take 2 journeys, each after 1 request at its start: shop (3 requests) 75.0 %, look (1 request) 25.0 %.',
    });
  });

  test('are taken by users alone', () => {
    const text = one(MAKE, 'get_item');
    expect(plan(text, { rates: ['10'] }).weights).toBeNull();
    expect(plan(text, { requests: '10' }).weights).toBeNull();
    expect(plan(text, { users: ['0:5@1s'] }).weights).not.toBeNull();
  });

  test.each([
    [
      'an operation that is not there',
      one('get_itm'),
      /step 1: the document has no operation get_itm; did you mean get_item\?/,
    ],
    [
      'a capture that nothing needs',
      one('{ call: create_item, capture: { path.it: /id } }', 'get_item'),
      /step 1 \(POST \/items\) captures path\.it, and no later step has it; did you mean path\.id\?/,
    ],
    [
      'a capture at the end',
      one('get_item', MAKE.replace('path.id', 'body.owner')),
      /captures body\.owner, and no later step has it/,
    ],
    [
      'a value that is needed before',
      one('get_item', MAKE, 'get_item'),
      /step 1 \(GET \/items\/\{id\}\) needs path\.id, which only a later one captures: journeys: shop: step 2/,
    ],
    [
      'captures for an operation that is not there',
      one('{ call: create_item, capture: { path.id: { pointer: /id, for: nobody } } }', 'get_item'),
      /captures path\.id for nobody, which the document does not have/,
    ],
    [
      'a value that the operation does not have',
      one('{ call: get_item, values: { path.ID: 1 } }'),
      /values: there is no path\.ID; did you mean path\.id\?/,
    ],
    [
      'rows that may be sent once',
      `operations: { create_item: { data: { file: x.csv, order: unique } } }\n${one('create_item')}`,
      /order: unique/,
    ],
    ['no steps', 'journeys: [{ name: shop, steps: [] }]', /expected one step at least/],
    ['a negative weight', 'journeys: [{ name: shop, weight: -1, steps: [get_item] }]', /weight/],
    [
      'weights of 0 alone',
      'journeys: [{ name: shop, weight: 0, steps: [get_item] }]',
      /expected one journey with a weight above 0/,
    ],
    [
      'a name twice',
      'journeys: [{ name: a, steps: [get_item] }, { name: a, steps: [get_item] }]',
      /expected another name than a/,
    ],
    ['a start without journeys', START, /onStart needs journeys/],
    ['a think time that is none', one('{ call: get_item, think: 2s-1s }'), /think/],
    [
      'a key without a place',
      one('{ call: create_item, capture: { id: /id } }'),
      /expected a place and a name/,
    ],
    [
      'a place that is none',
      one('{ call: create_item, capture: { path.id: id } }'),
      /expected a JSON pointer/,
    ],
  ])('refuse %s', async (_, text, message) => {
    expect(await problemsOf(text)).toMatch(message);
  });

  test('say all problems at once, and refuse weights beside them', async () => {
    expect((await problemsOf(one('get_itm', 'put_itm'))).split('\n')).toHaveLength(2);
    expect(await problemsOf(one(MAKE, 'get_item'), { users: ['10'], mix: true })).toMatch(
      /^--mix: users take/m,
    );
  });

  test('need no order where a value is given otherwise', () => {
    expect(plan(`values: { path.id: 1 }\n${one('get_item', MAKE, 'get_item')}`).weights).not.toBeNull();
  });
});
