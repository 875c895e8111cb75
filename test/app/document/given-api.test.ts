import { expect, test } from 'vitest';
import { describeGiven } from '../../../src/app/document/given-api.js';
import { buildSelected } from '../../../src/app/requests/build-requests.js';
import { resolveRunConfig } from '../../../src/config/resolve-run-config.js';
import type { RunFlags } from '../../../src/config/flag-reader.js';
import { scenarioSchema } from '../../../src/model/config/scenario.js';
import type { RequestBlueprint } from '../../../src/model/requests/request.js';

const NO_CREDENTIALS = {
  credentialsOf: () => ({ credentials: [], problems: [] }),
  valuesFor: () => ({}),
};

/** What is sent, and what is said of it. */
async function built(flags: RunFlags, scenario: object = {}) {
  const parsed = scenarioSchema.parse({ name: 'custom', ...scenario });
  const all = { url: 'http://127.0.0.1:3000', ...flags };
  const config = resolveRunConfig(all, { scenario: parsed, folder: '/' }, { freeFiles: null });
  const notices: string[] = [];
  const api = await describeGiven(config, {
    observe: (event) => {
      if (event.kind === 'notice') notices.push(event.message);
    },
  });
  const operations = buildSelected({ config, api, access: NO_CREDENTIALS });
  return { operations, notices, requests: operations.flatMap(({ blueprints }) => blueprints) };
}

function headerOf({ headers }: RequestBlueprint, name: string): string | undefined {
  const at = headers.findIndex((text, index) => index % 2 === 0 && text === name);
  return at < 0 ? undefined : headers[at + 1];
}

test('each is one operation with one request, and its path is no template', async () => {
  const { operations, requests } = await built({
    request: ['GET /a/{b}?c=%2f', 'DELETE /a/%7bb%7D', 'GET /a/b'],
  });
  expect(operations.map(({ operation: { id, method, path } }) => [id, method, path])).toEqual([
    ['get_a_b_c_2f', 'GET', '/a/{b}?c=%2f'],
    ['delete_a_7bb_7D', 'DELETE', '/a/%7bb%7D'],
    ['get_a_b', 'GET', '/a/b'],
  ]);
  expect(requests.map(({ path, body }) => [path, body])).toEqual([
    ['/a/{b}?c=%2f', null],
    ['/a/%7bb%7D', null],
    ['/a/b', null],
  ]);
  expect(operations.flatMap(({ problems }) => problems)).toEqual([]);
});

test('stands behind the path of the URL, or behind --base-path', async () => {
  const request = ['GET /a'];
  expect((await built({ request, url: 'http://127.0.0.1:3000/api' })).requests[0]?.path).toBe('/api/a');
  expect((await built({ request, basePath: '/v2' })).requests[0]?.path).toBe('/v2/a');
});

test('a header says the type of the body where there is one, else the body itself', async () => {
  const flags = { request: ['POST /a'], body: '{"a":  1}' };
  const [own] = (await built(flags)).requests;
  expect(own?.body).toBe('{"a":  1}');
  expect(headerOf(own!, 'content-type')).toBe('application/json');
  const [other] = (await built({ ...flags, header: ['Content-Type: application/x-own'] })).requests;
  expect(headerOf(other!, 'content-type')).toBe('application/x-own');
  expect(other!.headers.filter((text) => text === 'content-type')).toHaveLength(1);
});

test('{n} in a body of the command line is a serial number, as in a scenario', async () => {
  const [request] = (await built({ request: ['POST /a'], body: '{"name":"x{n:4}"}' })).requests;
  expect(request?.holes).toEqual([{ place: 'body', at: 10, digits: 4 }]);
});

test('--include chooses among them', async () => {
  const { operations } = await built({ request: ['GET /a', 'GET /b'], include: ['get_b'] });
  expect(operations.map(({ operation }) => operation.path)).toEqual(['/b']);
});

test('says what of a scenario is left aside, and which body may not be read', async () => {
  const scenario = { cleanup: ['DELETE /x'] };
  expect((await built({ request: ['GET /a'], body: 'x' }, scenario)).notices).toEqual([
    'GET /a is sent with a body, which many servers do not read.',
    'Left aside of the scenario, since its document is not read with --request: cleanup.',
  ]);
  expect((await built({ request: ['POST /a'], body: 'x' })).notices).toEqual([]);
});

test('what the scenario expects holds for those it names', async () => {
  const expectations = { 'GET /a': { status: [302] }, 'GET /other': { status: [500] } };
  const { operations } = await built({ request: ['GET /a', 'GET /b'] }, { expect: expectations });
  expect(operations.map(({ check }) => check?.status)).toEqual([[[302, 302]], undefined]);
});
