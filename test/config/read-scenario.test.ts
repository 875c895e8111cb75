import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseScenario, readScenario } from '../../src/config/read-scenario.js';
import { UserError } from '../../src/kernel/errors.js';
import { userErrorOf } from '../support/caught.js';

async function complaintAbout(text: string): Promise<string> {
  const { message } = await userErrorOf(() => parseScenario(text, '/api/scenario.yaml'));
  return message.replace(/^The scenario file scenario\.yaml has (a problem|\d+ problems):\n/, '');
}

describe('a mistake in a scenario file is told in one sentence', () => {
  const DURATION = 'expected a duration such as 500ms, 10s or 2m';
  const RULE = 'expected a value, { range: [from, to] }, { oneOf: [value, …] } or { omit: true }';
  const STAGE = 'FROM:TO@DURATION or TO@DURATION, such as 0:100@2m or 500@30s';
  const COMMAND = 'expected a command line, or a list of its words';

  test.each([
    ['name: x\nlaod:\n  rates: [1]', 'line 2, laod: unknown key; did you mean `load`?'],
    ['name: x\nload:\n\n  warmpu: 2s', 'line 4, load.warmpu: unknown key; did you mean `warmup`?'],
    [
      'name: x\nstart:\n  command: a\n  raedy:\n    path: /',
      'line 4, start.raedy: unknown key; did you mean `ready`?',
    ],
    [
      'name: x\nprepare:\n  - titel: a\n    title: a\n    command: b',
      'line 3, prepare.0.titel: unknown key; did you mean `title`?',
    ],
    [
      'name: x\nvalues:\n  path.id:\n    rnage: [1, 2]',
      'line 4, values.path.id.rnage: unknown key; did you mean `range`?',
    ],
    [
      'name: x\nvalues:\n  path.id: { zzzzzz: 1 }',
      'line 3, values.path.id.zzzzzz: unknown key; known here: range, omit, oneOf',
    ],
    [
      'name: x\nprofiles:\n  peak:\n    load: { users: 500 }',
      'line 4, profiles.peak.load.users: expected a list of numbers such as [10, 50], or stages such as "0:100@2m, 500@30s", came 500',
    ],
    [
      'name: x\nprofiles:\n  peak:\n    load: { rates: [5], users: [500] }',
      'line 4, profiles.peak.load.users: expected only one of rates and users, came [500]',
    ],
    [
      'name: x\nload: { rates: [5] }\nprofiles:\n  peak:\n    load: { spawnRate: 25 }',
      'line 5, profiles.peak.load.spawnRate: expected users beside it: without, the load has rates, came 25',
    ],
    [
      'name: x\nload: { stages: 0:5@1s }\nprofiles:\n  long:\n    load: { duration: 1m }',
      'line 5, profiles.long.load.duration: expected rates or users beside it: without, the load has stages, came "1m"',
    ],
    [
      'name: x\nprofiles:\n  peak:\n    laod: {}',
      'line 4, profiles.peak.laod: unknown key; did you mean `load`?',
    ],
    [
      'name: x\nprofiles:\n  -peak: {}',
      'line 3, profiles.-peak: expected a name without spaces that does not begin with -, came "-peak"',
    ],
    [
      'name: x\nobjectives: [rps > 5, p59 < 1s]',
      'line 2, objectives.1: “p59 < 1s”: there is no figure p59; did you mean p50?',
    ],
    [
      'name: x\nprofiles:\n  peak:\n    objectives:\n      - p95 < 1s\n      - p95 > 2s',
      'line 6, profiles.peak.objectives.1: “p95 < 1s” and “p95 > 2s” contradict each other: remove one',
    ],
    ['description: x', 'name: expected text, came nothing'],
    ['name: 5', 'line 1, name: expected text, came 5'],
    ['name: x\nload:\n  rates: 5', 'line 3, load.rates: expected a list, came 5'],
    ['name: x\nload:\n  rates: []', 'line 3, load.rates: expected at least 1 entry, came []'],
    ['name: x\nload:\n  rates:\n    - 1\n    - fast', 'line 5, load.rates.1: expected a number, came "fast"'],
    ['name: x\nload:\n  rates: [0]', 'line 3, load.rates.0: expected at least 0.1, came 0'],
    ['name: x\nload:\n  rates: [1e9]', 'line 3, load.rates.0: expected at most 1000000, came 1000000000'],
    ['name: x\nload:\n  workers: [1.5]', 'line 3, load.workers.0: expected a whole number, came 1.5'],
    ['name: x\nload:\n  duration: 10', `line 3, load.duration: ${DURATION}, came 10`],
    ['name: x\nload:\n  duration: ten', `line 3, load.duration: ${DURATION}, came "ten"`],
    ['name: x\nload:\n  duration: 0s', `line 3, load.duration: ${DURATION}, above 0, came "0s"`],
    [
      'name: x\nload:\n  arrivals: random',
      'line 3, load.arrivals: expected constant or poisson, came "random"',
    ],
    [
      'name: x\nload:\n  stages: 0:100@2m, 500@30',
      `line 3, load.stages: expected ${STAGE} (a unit is missing: 500@30s?) as stage 2, came "0:100@2m, 500@30"`,
    ],
    [
      'name: x\nload: { stages: 0:0@1s }',
      'line 2, load.stages: expected a rate above 0 in some stage, came "0:0@1s"',
    ],
    [
      'name: x\nload:\n  rates: [5]\n  stages: 5@1s',
      'line 4, load.stages: expected neither rates nor a duration nor poisson arrivals beside stages, came "5@1s"',
    ],
    ['name: x\nstart:\n  command: 5', `line 3, start.command: ${COMMAND}, came 5`],
    ['name: x\nstart:\n  command: [a, 5]', 'line 3, start.command.1: expected text, came 5'],
    ['name: x\nstart: {}', `start.command: ${COMMAND}, came nothing`],
    [
      'name: x\nstart: { command: a, ready: { path: health } }',
      'line 2, start.ready.path: expected a path that starts with /, came "health"',
    ],
    ['name: x\nvalues:\n  path.id: null', `line 3, values.path.id: ${RULE}, came nothing`],
    ['name: x\nvalues:\n  path.id: [1, 2]', `line 3, values.path.id: ${RULE}, came [1,2]`],
    [
      'name: x\nvalues:\n  path.id: { range: [1, 2], oneOf: [1] }',
      `line 3, values.path.id: ${RULE}, came {"range":[1,2],"oneOf":[1]}`,
    ],
    [
      'name: x\nvalues:\n  path.id: { range: [5] }',
      'line 3, values.path.id.range: expected two whole numbers: [from, to], came [5]',
    ],
    [
      'name: x\nvalues:\n  path.id: { range: [5, 1] }',
      'line 3, values.path.id.range: expected the lower end first, came [5,1]',
    ],
    [
      'name: x\nvalues:\n  path.id: { oneOf: [[1]] }',
      'line 3, values.path.id.oneOf.0: expected text, a number, true or false, came [1]',
    ],
    [
      'name: x\nstop: { signal: SIGTREM }',
      'line 2, stop.signal: expected SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2 or SIGKILL, came "SIGTREM"',
    ],
    ['name: x\nstop: { grace: 3 }', `line 2, stop.grace: ${DURATION}, came 3`],
    ['name: x\nstop: { comand: halt }', 'line 2, stop.comand: unknown key; did you mean `command`?'],
    [
      'name: x\nstart: { command: a, owner: root }',
      'line 2, start.owner: expected target or any, came "root"',
    ],
    ['name: x\nheaders: { "a b": c }', 'line 2, headers.a b: expected the name of a header, came "a b"'],
    [
      'name: x\nheaders: { a: "b\\r\\nHost: c" }',
      'line 2, headers.a: expected text on one line, came "b\\r\\nHost: c"',
    ],
    [
      'name: x\nexpect:\n  get_item: { status: [2x] }',
      'line 3, expect.get_item.status.0: expected a status such as 404, or a class such as 2xx, came "2x"',
    ],
    [
      'name: x\nexpect:\n  get_item: { json: { id: 1 } }',
      'line 3, expect.get_item.json.id: expected a JSON pointer such as /items/0/id, came "id"',
    ],
    [
      'name: x\nexpect:\n  get_item: { jsno: { /id: 1 } }',
      'line 3, expect.get_item.jsno: unknown key; did you mean `json`?',
    ],
    [
      'name: x\nexpect:\n  get_item: { bytes: { min: -1 } }',
      'line 3, expect.get_item.bytes.min: expected at least 0, came -1',
    ],
    ['- a', 'the file: expected keys with values, came ["a"]'],
    ['', 'the file: expected keys with values, came nothing'],
  ])('%j', async (text, sentence) => {
    expect((await complaintAbout(text)).trim()).toBe(sentence);
  });

  test('and all of them come together', async () => {
    const complaint = await complaintAbout('name: 5\nload: { rates: [a], duration: 10 }\nspce: /x');
    expect(complaint.split('\n')).toHaveLength(4);
  });
});

describe('text that is not YAML', () => {
  test.each([
    ['name: x\nload: [1, 2', 'line 2, column 12: Flow sequence'],
    ['name: x\nname: y', 'line 2, column 1: Map keys must be unique'],
    ['name: x\n\tload: y', 'line 2, column 1: Tabs are not allowed'],
    ['name: *nobody', 'Unresolved alias'],
    [aliasBomb(), 'Excessive alias count'],
  ])('is refused with its place: %j', async (text, reason) => {
    const complaint = await complaintAbout(text);
    expect(complaint).toContain('/api/scenario.yaml is not valid YAML: ');
    expect(complaint).toContain(reason);
  });

  test('never ends as a fault of ours, whatever it holds', () => {
    const yaml = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(
        fc.constantFrom('name', ': ', '\n', '  ', '- ', '{', '}', '[', 'load', 'values', '&a', '*a', '1'),
      ),
    );
    fc.assert(
      fc.property(yaml, (text) => {
        try {
          parseScenario(Array.isArray(text) ? text.join('') : text, 'f.yaml');
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
        }
      }),
    );
  });
});

function aliasBomb(): string {
  const row = (name: string, alias: string): string => `${name}: &${name} [${`${alias}, `.repeat(12)}]`;
  return [row('a', '1'), row('b', '*a'), row('c', '*b'), row('d', '*c')].join('\n');
}

describe('a scenario by name', () => {
  test.each(['node-sqlite', 'fastapi-sqlite'])('%s is shipped and sound', async (name) => {
    const { scenario, folder } = await readScenario(name);
    expect(scenario).toMatchObject({
      name,
      spec: '/openapi.json',
      exclude: ['seed_items'],
      values: { 'path.item_id': { range: [1, 2000] } },
    });
    expect(basename(folder)).toBe(name);
  });

  test('notes-postgres is shipped, and loads the two POSTs as its authors did', async () => {
    const { scenario } = await readScenario('notes-postgres');
    expect(scenario).toMatchObject({
      name: 'notes-postgres',
      exclude: ['list_notes', 'read_note', 'list_notes_sync', 'read_note_sync'],
      load: { requests: 10_000, concurrency: [10], workers: [1] },
    });
    expect(Object.keys(scenario.profiles)).toEqual(['ab', 'quick', 'workers']);
  });

  test('processes-postgres is shipped, and loads it with the users of its authors', async () => {
    const { scenario } = await readScenario('processes-postgres');
    expect(scenario).toMatchObject({
      name: 'processes-postgres',
      services: ['postgres'],
      load: { users: [100], spawnRate: 10, think: '0.1s-2s', duration: '3m', timeout: '60s' },
    });
    expect(Object.keys(scenario.profiles)).toEqual(['locust', 'quick', 'workers', 'cases']);
  });

  test('that nobody knows is answered with the nearest and with all others', async () => {
    const error = await userErrorOf(() => readScenario('nod-sqlite'));
    expect(error.message).toBe('There is no scenario named nod-sqlite. Did you mean node-sqlite?');
    expect(error.hint).toContain('fastapi-sqlite');
    expect(error.hint).not.toContain('python-env'); // a folder beside them that is none
    expect(error.fault).toBe('usage');
  });

  test('that resembles none is answered without a guess', async () => {
    expect((await userErrorOf(() => readScenario('zzzzzz'))).message).toBe(
      'There is no scenario named zzzzzz.',
    );
  });
});

describe('a scenario by file', () => {
  test('is read with its defaults, and commands run in its folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'scenario-'));
    try {
      await writeFile(join(folder, 'my-api.yaml'), 'name: mine\nstart: { command: [serve, "{port}"] }\n');
      expect(await readScenario(join(folder, 'my-api.yaml'))).toEqual({
        folder,
        scenario: {
          name: 'mine',
          prepare: [],
          start: { command: ['serve', '{port}'], env: {}, ready: { timeout: '30s' }, owner: 'target' },
          stop: { signal: 'SIGTERM', grace: '3s' },
          setup: [],
          onStart: [],
          journeys: [],
          objectives: [],
          twins: [],
          cases: [],
          cleanup: [],
          preflight: 'warn',
          chains: 'auto',
          exclude: [],
          values: {},
          expect: {},
          headers: {},
          auth: {},
          operations: {},
          load: {},
          profiles: {},
          services: [],
          probes: {},
          needs: [],
        },
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('that is not there, or is a folder, is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'scenario-'));
    try {
      await mkdir(join(folder, 'a.yaml'));
      expect((await userErrorOf(() => readScenario(join(folder, 'b.yaml')))).message).toContain(
        'there is no such file',
      );
      expect((await userErrorOf(() => readScenario(join(folder, 'a.yaml')))).message).toContain('EISDIR');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

test('long integers keep every digit, and others are numbers', () => {
  const text = `
name: a
values: { path.id: 12345678901234567891, query.n: 0x10, body.m: { oneOf: [9007199254740993, 7] } }
expect: { GET /a: { json: { /id: 12345678901234567891 } } }
load: { rates: [50] }`;
  const { values, expect: expected, load } = parseScenario(text, 'x.yaml');
  expect(values).toEqual({
    'path.id': 12345678901234567891n,
    'query.n': 16,
    'body.m': { oneOf: [9007199254740993n, 7] },
  });
  expect(expected['GET /a']?.json).toEqual({ '/id': 12345678901234567891n });
  expect(load.rates).toEqual([50]);
});

test('a long integer where another value is wanted is shown with its digits', async () => {
  const error = await userErrorOf(() => parseScenario('name: 12345678901234567891', 'x.yaml'));
  expect(error.message).toContain('came 12345678901234567891');
});
