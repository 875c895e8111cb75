import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { parseScenario } from '../../src/config/read-scenario.js';
import { scenarioText, type ScenarioDraft } from '../../src/config/write-scenario.js';

const draft: ScenarioDraft = {
  title: 'Shop',
  url: 'http://127.0.0.1:3000',
  command: null,
  spec: '/openapi.json',
  schemes: [{ name: 'ApiKey', variable: 'BENCH_AUTH_APIKEY' }],
  results: [
    {
      operation: { id: 'get_item', method: 'GET', path: '/items/{id}' },
      state: 'missing-test-data',
      status: 404,
      reason: 'Item not found',
      fields: [],
      remedy: 'operations:\n  GET /items/{id}: { values: { path.id: 1 } } # an id that exists',
    },
    {
      operation: { id: 'me', method: 'GET', path: '/me' },
      state: 'missing-auth',
      status: 401,
      reason: 'Not authenticated',
      fields: [],
      remedy: null,
    },
  ],
  notAsked: ['POST /items'],
  example: {
    reader: { operation: 'GET /items/{id}', key: 'path.id' },
    maker: { operation: 'POST /items', key: 'path.id' },
    remover: 'DELETE /items/{id}',
  },
};
const bare: ScenarioDraft = {
  ...draft,
  url: null,
  spec: './openapi.json',
  schemes: [],
  results: [],
  notAsked: [],
  example: { reader: null, maker: null, remover: null },
};

describe('golden scenario files', () => {
  test.each([
    ['running-server', draft],
    ['document-alone', bare],
    ['command', { ...bare, command: 'node server.js --port {port}', spec: '/openapi.json' }],
  ])('%s', async (name, one) => {
    await expect(scenarioText(one)).toMatchFileSnapshot(`../golden/init/${name}.yaml`);
  });
});

test('the file is a scenario at once', () => {
  expect(parseScenario(scenarioText(draft), 'x.yaml')).toMatchObject({
    name: 'shop',
    url: 'http://127.0.0.1:3000',
    load: { rates: [50, 100], duration: '10s' },
  });
});

test('its examples are YAML when their marks are taken away', () => {
  const blocks = scenarioText(draft)
    .split('\n\n')
    .map((block) => block.split('\n').filter((line) => line.startsWith('#')))
    .map((lines) => lines.map((line) => line.slice(2)))
    .map((lines) => lines.slice(lines.findIndex((line) => /^[a-z]+:/.test(line))).join('\n'))
    .filter((text) => /^[a-z]+:/.test(text));
  expect(blocks.length).toBeGreaterThan(4);
  for (const block of blocks) expect(parseDocument(block).errors).toEqual([]);
});

test('no name, reason or title breaks out of its comment or key', () => {
  const text = fc.string({
    unit: fc.constantFrom(
      'a',
      '#',
      ':',
      '\n',
      '\r',
      '\u2028',
      '\u0085',
      '"',
      "'",
      '{',
      '-',
      ' ',
      '\u0000',
      '%',
    ),
  });
  fc.assert(
    fc.property(text, text, (name, said) => {
      const [gap] = draft.results;
      const hostile = scenarioText({
        ...draft,
        title: name,
        schemes: [{ name, variable: 'X' }],
        notAsked: [said],
        results: [{ ...gap!, operation: { id: name, method: 'GET', path: name }, reason: said }],
        example: {
          reader: { operation: name, key: said },
          maker: { operation: said, key: name },
          remover: name,
        },
      });
      expect(Object.keys(parse(hostile) as object)).toEqual(['name', 'url', 'spec', 'preflight', 'load']);
    }),
    { numRuns: 30 }, // each writes and reads a whole file
  );
});
