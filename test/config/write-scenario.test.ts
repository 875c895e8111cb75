import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseScenario } from '../../src/config/read-scenario.js';
import { scenarioText, type ScenarioDraft } from '../../src/config/write-scenario.js';

const draft: ScenarioDraft = {
  title: 'Shop',
  url: 'http://127.0.0.1:3000',
  command: null,
  basePath: null,
  spec: '/openapi.json',
  schemes: [{ name: 'ApiKey', signIn: '${BENCH_AUTH_APIKEY}' }],
  signIns: {},
  mayMore: {},
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
  objectives: null,
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

const measured = {
  run: 'bench_20260115_120000',
  objectives: ['GET /items/{id} p95 < 75ms', "GET /it's: #1 p95 < 1.5s", 'errors < 0.1%'],
  without: ['GET /me'],
};
const MEASURING = [
  'bench run --scenario bench.yaml --out .tmp/first',
  'bench init --url http://127.0.0.1:3000 --output - --objectives-from .tmp/first',
];
const textOf = (one: ScenarioDraft): string => scenarioText(one, MEASURING);

describe('golden scenario files', () => {
  test.each([
    ['running-server', draft],
    ['document-alone', bare],
    ['measured', { ...bare, objectives: measured }],
    ['command', { ...bare, command: 'node server.js --port {port}', spec: '/openapi.json' }],
  ])('%s', async (name, one) => {
    await expect(textOf(one)).toMatchFileSnapshot(`../golden/init/${name}.yaml`);
  });
});

test('the file is a scenario at once', () => {
  expect(parseScenario(textOf(draft), 'x.yaml')).toMatchObject({
    name: 'shop',
    url: 'http://127.0.0.1:3000',
    load: { rates: [50, 100], duration: '10s' },
  });
});

test('a base path that the document does not say stands in it', () => {
  const found = textOf({ ...draft, basePath: '/api/v2' });
  expect(parseScenario(found, 'x.yaml').basePath).toBe('/api/v2');
});

/** The file with all that its comments propose put to use. */
function uncommented(text: string): string {
  return text.replace(/^#(?! \S)/gm, '');
}

test.each([
  ['with gaps', draft],
  ['without', { ...draft, results: [] }],
  ['with nothing known', bare],
])('all that its comments propose can be put to use together: %s', (_, one) => {
  const text = textOf(one);
  const proposed = Object.keys(parseScenario(uncommented(text), 'x.yaml'));
  expect(proposed.length).toBeGreaterThan(Object.keys(parse(text) as object).length);
});

test('what was signed in with is live, and the other schemes can be made so below it', () => {
  const jwt = { login: 'POST /login', register: 'POST /register' };
  const schemes = [
    { name: 'jwt', signIn: jwt },
    { name: 'Session', signIn: { login: 'POST /enter', body: { user: 'TODO', password: 'TODO' } } },
  ];
  const text = textOf({ ...draft, schemes, signIns: { jwt } });
  expect(parseScenario(text, 'x.yaml').auth).toEqual({ jwt: { ...jwt, body: {} } });
  const whole = text.replace(/^ {2}#(?=Session:| )(?! [A-Z])/gm, '  ');
  expect(Object.keys(parseScenario(whole, 'x.yaml').auth)).toEqual(['jwt', 'Session']);
});

test("where the new account was forbidden something, a user of one's own can be filled in below it", () => {
  const Flow = { register: 'POST /register' };
  const mayMore = { Flow: { username: 'TODO', password: 'TODO' } };
  const schemes = [{ name: 'Flow', signIn: Flow }];
  const text = textOf({ ...draft, schemes, signIns: { Flow }, mayMore });
  expect(parseScenario(text, 'x.yaml').auth['Flow']).toMatchObject(Flow);
  const filledIn = text.replace(/#(username|password): TODO/g, '$1: mine');
  expect(parseScenario(filledIn, 'x.yaml').auth['Flow']).toMatchObject({
    ...Flow,
    ...{ username: 'mine', password: 'mine' },
  });
});

describe('the objectives of a new file', () => {
  const proposed = (objectives: ScenarioDraft['objectives']) =>
    parseScenario(uncommented(textOf({ ...draft, objectives })), 'x.yaml').objectives;

  test('are comments, which the reader of scenarios and of objectives takes once they are none', () => {
    expect(parseScenario(textOf({ ...draft, objectives: measured }), 'x.yaml').objectives).toEqual([]);
    expect(proposed(measured)).toEqual(measured.objectives);
    expect(proposed(null)).toEqual(['p95 < 300ms', 'errors < 0.1%']);
  });

  test('stand with the commands that measure them where nothing was measured', () => {
    for (const line of MEASURING) {
      expect(textOf(draft)).toContain(`\n# ${line}\n`);
      expect(textOf({ ...draft, objectives: measured })).not.toContain(line);
    }
  });

  test('say why they are made up where the run says nothing', () => {
    const nothing = { ...measured, objectives: [] };
    expect(proposed(nothing)).toEqual(['p95 < 300ms', 'errors < 0.1%']);
    expect(textOf({ ...draft, objectives: nothing })).toContain(
      'none could be taken from bench_20260115_120000',
    );
  });
});

test('two gaps of one kind become one key', () => {
  const [gap] = draft.results;
  const operation = { id: 'other', method: 'GET', path: '/other/{id}' };
  const remedy = 'operations:\n  GET /other/{id}: { values: { path.id: 1 } } # an id that exists';
  const text = textOf({ ...draft, results: [gap!, { ...gap!, operation, remedy }] });
  const { operations } = parseScenario(uncommented(text), 'x.yaml');
  expect(Object.keys(operations)).toEqual(['GET /items/{id}', 'GET /other/{id}']);
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
      const hostile = textOf({
        ...draft,
        title: name,
        schemes: [{ name, signIn: '${X}' }],
        notAsked: [said],
        objectives: { run: name, objectives: [said, name], without: [said] },
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
