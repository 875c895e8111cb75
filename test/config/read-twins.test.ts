import { expect, test } from 'vitest';
import type { RunFlags } from '../../src/config/flag-reader.js';
import { parseScenario } from '../../src/config/read-scenario.js';
import { twinsOf } from '../../src/config/read-twins.js';
import { resolveRunConfig } from '../../src/config/resolve-run-config.js';
import { scenarioSchema } from '../../src/model/config/scenario.js';
import { userErrorOf } from '../support/caught.js';

function resolved(flags: RunFlags, twins: readonly unknown[] = []) {
  const scenario = scenarioSchema.parse({ name: 'notes', twins });
  const told = { url: 'http://127.0.0.1:1', ...flags };
  return resolveRunConfig(told, { scenario, folder: '/notes' }, { freeFiles: null });
}

const side = (operation: string, name = operation) => ({ name, operation });

test.each([
  ['get_item=get_item_sync', 'get_item', 'get_item_sync'],
  ['POST /notes/=POST /notes/sync/', 'POST /notes/', 'POST /notes/sync/'],
  [' create = POST /notes/sync/ ', 'create', 'POST /notes/sync/'],
  ['GET /a;v=1=get_b', 'GET /a;v=1', 'get_b'],
  ['get_b=GET /a;v=1', 'get_b', 'GET /a;v=1'],
  ['GET /Items(Id={Id})=GET /Copies(Id={Id})', 'GET /Items(Id={Id})', 'GET /Copies(Id={Id})'],
  ['GET /a?x=1=get /b?x=1', 'GET /a?x=1', 'get /b?x=1'],
])('--twin %j has two operations, whatever signs their paths hold', (text, left, right) => {
  expect(twinsOf([text])).toEqual({
    pairs: [{ left: side(left), right: side(right) }],
    isOfScenario: false,
  });
});

test('flags replace the twins of the scenario, whose columns may have names', () => {
  const twins = [['POST /notes/', 'POST /notes/sync/'], { async: 'create', sync: 'create_sync' }];
  expect(resolved({}, twins).twins).toEqual({
    pairs: [
      { left: side('POST /notes/'), right: side('POST /notes/sync/') },
      { left: side('create', 'async'), right: side('create_sync', 'sync') },
    ],
    isOfScenario: true,
  });
  expect(resolved({ twin: ['a=b', 'c=d'] }, twins).twins).toEqual({
    pairs: [
      { left: side('a'), right: side('b') },
      { left: side('c'), right: side('d') },
    ],
    isOfScenario: false,
  });
});

test('requests without a document leave the twins of the scenario aside, and not those of the flag', () => {
  const request = ['GET /a', 'GET /b'];
  const { twins, requests } = resolved({ request }, [['create', 'create_sync']]);
  expect([twins.pairs, requests?.leftAside]).toEqual([[], ['twins']]);
  expect(resolved({ request, twin: ['GET /a=GET /b'] }).twins.pairs).toHaveLength(1);
});

test('all that is wrong is said at once', async () => {
  const { message } = await userErrorOf(() =>
    resolved({ twin: ['get_item', '=b', 'a=', 'a=a', 'GET /a=GET /b=GET /c'], repeats: '0' }),
  );
  const two =
    "--twin: expected two operations as 'LEFT=RIGHT', each an operationId or METHOD /path: 'POST /notes/=POST /notes/sync/', came";
  expect(message.split('\n')).toEqual([
    `${two} "get_item"`,
    `${two} "=b"`,
    `${two} "a="`,
    `--twin: expected two different operations: 'LEFT=RIGHT', came "a=a"`,
    `${two} "GET /a=GET /b=GET /c"`,
    '--repeats: expected a whole number from 1 to 1000000, came "0"',
  ]);
});

test('a stored run says so too, and without the flag has its own', async () => {
  expect(twinsOf(undefined)).toBeUndefined();
  expect((await userErrorOf(() => twinsOf(['a']))).message).toMatch(/^--twin: expected two operations/);
});

test.each([
  ['[a]'],
  ['[a, b, c]'],
  ['[a, a]'],
  ['{ async: a }'],
  ['{ async: a, sync: a }'],
  ['{ async: a, sync: b, other: c }'],
  ['a=b'],
])('the scenario file refuses the twin %s', async (twin) => {
  const { message } = await userErrorOf(() => parseScenario(`name: x\ntwins:\n  - ${twin}\n`, 'x.yaml'));
  expect(message).toMatch(
    /^The scenario file x.yaml has a problem:\n {2}line 3, twins\.0: expected two different operations, as \[get_item, /,
  );
});
