import { describe, expect, test } from 'vitest';
import type { RunFlags } from '../../src/config/flag-reader.js';
import { resolveRunConfig, type Purpose } from '../../src/config/resolve-run-config.js';
import { UserError } from '../../src/kernel/errors.js';
import type { Load } from '../../src/model/loads/index.js';
import type { RunConfig } from '../../src/model/config/run-config.js';
import { scenarioSchema, type Scenario } from '../../src/model/config/scenario.js';
import { userErrorOf } from '../support/caught.js';

type ScenarioInput = Parameters<typeof scenarioSchema.parse>[0];

/** The count of workers goes where the server looks for it. */
const STARTED = { command: 'serve', env: { WORKERS: '{workers}' } };

function scenarioOf(input: ScenarioInput = {}): Scenario {
  return scenarioSchema.parse({ name: 'shop', start: STARTED, ...(input as object) });
}

function resolved(flags: RunFlags, input?: ScenarioInput, freeFiles: number | null = 4096): RunConfig {
  return resolveRunConfig(flags, { scenario: scenarioOf(input), folder: '/shop' }, { freeFiles });
}

async function problemsOf(flags: RunFlags, input?: ScenarioInput): Promise<string[]> {
  const error = await userErrorOf(() => resolved(flags, input));
  expect(error.fault).toBe('usage');
  return error.message.split('\n');
}

/** What is the same in all loads of constant rates, and the rates. */
function constantRates(loads: readonly Load[]): { rates: number[]; durationsMs: number[] } {
  const constant = loads.filter((load) => load.kind === 'constant-rate');
  expect(constant).toHaveLength(loads.length);
  return {
    rates: constant.map(({ ratePerSecond }) => ratePerSecond),
    durationsMs: [...new Set(constant.map(({ durationMs }) => durationMs))],
  };
}

describe('a bad flag', () => {
  const RATE = 'expected a number from 0.1 to 1000000';
  const WORKERS = 'expected a whole number from 1 to 256';
  const PORT = 'expected a whole number from 1 to 65535';
  const DURATION = 'expected a duration such as 500ms, 10s or 2m, above 0, at most 24h';

  test.each<[RunFlags, string]>([
    [{ rates: ['0'] }, `--rates: ${RATE}, came "0"`],
    [{ rates: ['-5'] }, `--rates: ${RATE}, came "-5"`],
    [{ rates: ['fast'] }, `--rates: ${RATE}, came "fast"`],
    [{ rates: ['1e9'] }, `--rates: ${RATE}, came "1e9"`],
    [{ rates: ['100,'] }, `--rates: ${RATE}, came nothing`],
    [{ rates: ['NaN'] }, `--rates: ${RATE}, came "NaN"`],
    [{ duration: '10' }, `--duration: ${DURATION} (a unit is missing: 10s?), came "10"`],
    [{ duration: '-1s' }, `--duration: ${DURATION}, came "-1s"`],
    [{ duration: 'abc' }, `--duration: ${DURATION}, came "abc"`],
    [{ duration: '0s' }, `--duration: ${DURATION}, came "0s"`],
    [{ duration: '25h' }, `--duration: ${DURATION}, came "25h"`],
    [{ basePath: 'api' }, '--base-path: expected a path such as /api/v1, or / for none, came "api"'],
    [{ basePath: '/a?b' }, '--base-path: expected a path such as /api/v1, or / for none, came "/a?b"'],
    [{ port: '0' }, `--port: ${PORT}, came "0"`],
    [{ port: '99999' }, `--port: ${PORT}, came "99999"`],
    [{ port: 'abc' }, `--port: ${PORT}, came "abc"`],
    [{ workers: ['0'] }, `--workers: ${WORKERS}, came "0"`],
    [{ workers: ['1.5'] }, `--workers: ${WORKERS}, came "1.5"`],
    [{ header: ['no colon'] }, `--header: expected 'Name: value', came "<redacted>"`],
    [{ header: ['X-Trace: a\r\nHost: b'] }, `--header: expected 'Name: value', came "X-Trace:<redacted>"`],
    [
      { url: 'nonsense' },
      '--url: expected an address such as http://127.0.0.1:8000, came "nonsense": write http://nonsense',
    ],
    [
      { url: 'ftp://a' },
      '--url: expected an address such as http://127.0.0.1:8000, came "ftp://a": write http://a',
    ],
    [{ seed: '-1' }, '--seed: expected a whole number from 0 to 4294967295, came "-1"'],
    [{ arrivals: 'poison' }, '--arrivals: expected constant or poisson, came "poison"'],
    [{ pacing: 'exact' }, '--pacing: expected auto, precise or relaxed, came "exact"'],
    [
      { pacing: 'precise', realtime: true },
      '--realtime and --pacing precise exclude each other: leave one of them out',
    ],
    [{ prometheus: '-1' }, '--prometheus: expected a whole number from 0 to 65535, came "-1"'],
    [{ prometheus: 'yes' }, '--prometheus: expected a whole number from 0 to 65535, came "yes"'],
    [
      { json: true, events: true },
      '--json and --events exclude each other: stdout holds one object at the end, or a line for each event',
    ],
    [{ client: 'curl' }, '--client: expected auto, undici or wire, came "curl"'],
    [
      { http2: true, client: 'wire' },
      '--http2 and --client wire exclude each other: undici alone speaks HTTP/2 here',
    ],
    [
      { http2: true, keepalive: false },
      '--http2 and --no-keepalive exclude each other: over HTTP/2 a connection carries many requests',
    ],
    [
      { body: 'most' },
      `--body: expected required, default or full (a body itself goes with --request 'POST /path'), came "most"`,
    ],
    [{ variants: '0' }, '--variants: expected a whole number from 1 to 10000, came "0"'],
    [{ unixSocket: '' }, '--unix-socket: expected the path of a socket, came nothing'],
    [{ command: 'a | b' }, `command: "a | b" needs a shell: write sh -c '…'`],
    [{ command: '' }, 'command: expected a command line, came nothing'],
    [
      { command: 'PORT={port} a' },
      'command: a variable before a command needs a shell: write env PORT={port} …',
    ],
    [{ command: 'a > log' }, `command: "a > log" needs a shell: write sh -c '…'`],
  ])('such as %j is named with what was expected', async (flags, problem) => {
    expect((await problemsOf(flags)).join('\n')).toBe(problem);
  });

  test('does not hide the others: one error lists them all', async () => {
    const problems = await problemsOf({
      rates: ['0', '-5', 'abc', '1e9'],
      duration: '10',
      warmup: 'x',
      timeout: '0s',
      port: '99999',
      workers: ['0', '1.5'],
      header: ['no colon'],
      url: 'nonsense',
      command: 'serve',
      maxConnections: '0',
      maxQueue: '-1',
      repeats: '1.5',
      seed: 'x',
      pacing: 'exact',
      arrivals: 'random',
      stages: '5, x@1s',
    });
    const flags = problems.map((problem) => problem.split(/[: ]/)[0]);
    expect(flags.sort()).toEqual(
      [
        ...Array<string>(4).fill('--rates'),
        ...Array<string>(2).fill('--workers'),
        ...Array<string>(3).fill('--stages'), // two of them bad, and it excludes others
        '--arrivals',
        ...['--duration', '--header', '--max-connections', '--max-queue', '--pacing', '--port', '--repeats'],
        ...['--seed', '--timeout', '--url', '--url', '--warmup'],
      ].sort(),
    );
  });

  test('may be two flags that exclude each other', async () => {
    expect(await problemsOf({ url: 'http://127.0.0.1:1', command: 'serve' })).toEqual([
      '--url and --command exclude each other: the server runs already, or bench starts it',
    ]);
  });

  test('may be several worker counts for a server that runs already', async () => {
    expect(await problemsOf({ url: 'http://127.0.0.1:1', workers: ['1', '4'] })).toEqual([
      '--workers: several worker counts need a target that bench starts; --url names one that runs already',
    ]);
  });
});

test('a scenario whose preparation needs a shell is refused, unless a running server makes it needless', async () => {
  const input = { prepare: [{ title: 'install', command: 'npm ci && make' }] };
  expect(await problemsOf({}, input)).toEqual([`prepare: "npm ci && make" needs a shell: write sh -c '…'`]);
  expect(resolved({ url: 'http://127.0.0.1:1' }, input).prepare).toEqual([]);
});

describe('what counts is the flag, then the scenario, then the default', () => {
  const load = {
    rates: [50],
    duration: '3s',
    workers: [2],
    warmup: '1s',
    timeout: '4s',
    methods: ['put'],
  };
  const flags = {
    rates: ['70'],
    duration: '5s',
    workers: ['8'],
    warmup: '0s',
    timeout: '6s',
    methods: ['patch,delete'],
  };
  const figuresOf = ({ loads, workers, warmupMs, timeoutMs, selection }: RunConfig) => ({
    ...constantRates(loads),
    workers,
    warmupMs,
    timeoutMs,
    methods: selection.methods,
  });

  test('the default stands when nobody says anything', () => {
    expect(figuresOf(resolved({}))).toEqual({
      rates: [1000, 2000],
      durationsMs: [10_000],
      workers: [1],
      warmupMs: 2000,
      timeoutMs: 10_000,
      methods: ['GET', 'POST', 'QUERY'],
    });
  });

  test('the scenario outweighs the default', () => {
    expect(figuresOf(resolved({}, { load }))).toEqual({
      rates: [50],
      durationsMs: [3000],
      workers: [2],
      warmupMs: 1000,
      timeoutMs: 4000,
      methods: ['PUT'],
    });
  });

  test('the flag outweighs the scenario, a zero too', () => {
    expect(figuresOf(resolved(flags, { load }))).toEqual({
      rates: [70],
      durationsMs: [5000],
      workers: [8],
      warmupMs: 0,
      timeoutMs: 6000,
      methods: ['PATCH', 'DELETE'],
    });
  });

  test('headers of the flag replace those of the scenario by name, in any case of letters', () => {
    const config = resolved(
      { header: ['X-TENANT: b', 'accept:text/csv '] },
      { headers: { 'X-Tenant': 'a', 'X-Trace': '1' } },
    );
    expect(config.headers).toEqual({ 'x-tenant': 'b', 'x-trace': '1', accept: 'text/csv' });
  });

  test('the command of the flag runs where the user is, that of the scenario in its folder', () => {
    expect(resolved({}).target).toMatchObject({ words: ['serve'], folder: '/shop' });
    expect(resolved({ command: 'run "a b"' }).target).toMatchObject({
      words: ['run', 'a b'],
      folder: process.cwd(),
    });
  });
});

describe('rates', () => {
  const ratesOf = (...rates: string[]): number[] => constantRates(resolved({ rates }).loads).rates;

  test('may be written with commas or with spaces', () => {
    expect(ratesOf('1000,2000')).toEqual([1000, 2000]);
    expect(ratesOf('1000', '2000')).toEqual([1000, 2000]);
  });

  test('named twice are measured once', () => {
    expect(ratesOf('5,5', '7', '5')).toEqual([5, 7]);
  });
});

describe('the port', () => {
  const portOf = (port?: string): unknown => {
    const { target } = resolved(port === undefined ? {} : { port });
    return target.kind === 'command' ? target.port : undefined;
  };

  test('is 8000 or gives way, unless it was asked for or is to be free', () => {
    expect(portOf()).toEqual({ kind: 'preferred', number: 8000 });
    expect(portOf('8000')).toEqual({ kind: 'fixed', number: 8000 });
    expect(portOf('auto')).toEqual({ kind: 'free' });
  });
});

describe('connections', () => {
  test.each([
    [4096, 1024],
    [1000, 500],
    [1, 1],
    [0, 1],
    [null, 1024],
  ])('with %s free file descriptors are %s at most', (freeFiles, connections) => {
    expect(resolved({}, {}, freeFiles).maxConnections).toBe(connections);
  });

  test('are what the flag says, whatever is free', () => {
    expect(resolved({ maxConnections: '7' }, {}, 1).maxConnections).toBe(7);
  });
});

describe('without a target', () => {
  const bare = { scenario: scenarioSchema.parse({ name: 'custom' }), folder: '/shop' };
  const resolve = (flags: RunFlags, purpose: Purpose): RunConfig =>
    resolveRunConfig(flags, bare, { freeFiles: null }, purpose);

  test('nothing can be loaded', () => {
    expect(() => resolve({ spec: 'package.json' }, 'load')).toThrow(/There is no target/);
  });

  test('a document in a file or behind a URL can be listed', () => {
    expect(resolve({ spec: 'package.json' }, 'list').spec).toBe(`${process.cwd()}/package.json`);
    expect(resolve({ spec: 'https://example.com/api.json' }, 'list').spec).toBe(
      'https://example.com/api.json',
    );
  });

  test('a document on the target cannot be listed', () => {
    expect(() => resolve({ spec: '/openapi.json' }, 'list')).toThrow(UserError);
  });
});

describe('arrivals', () => {
  const seedsOf = (config: RunConfig): unknown[] =>
    config.loads.map((load) => (load.kind === 'constant-rate' && 'seed' in load ? load.seed : undefined));

  test('are evenly spaced unless the flag or the scenario says otherwise', () => {
    const arrivalsOf = ({ loads }: RunConfig): unknown =>
      loads[0]?.kind === 'constant-rate' && loads[0].arrivals;
    const load = { arrivals: 'poisson' } as const;
    expect(arrivalsOf(resolved({}))).toBe('constant');
    expect(arrivalsOf(resolved({ arrivals: 'poisson' }))).toBe('poisson');
    expect(arrivalsOf(resolved({}, { load }))).toBe('poisson');
    expect(arrivalsOf(resolved({ arrivals: 'constant' }, { load }))).toBe('constant');
  });

  test('that are random come from the seed of the run alone', () => {
    const [first, second] = seedsOf(resolved({ arrivals: 'poisson', seed: '7' }));
    expect(first).toBeTypeOf('number');
    expect(second).toBe(first);
    expect(seedsOf(resolved({ arrivals: 'poisson', seed: '7', rates: ['5'] }))).toEqual([first]);
    expect(seedsOf(resolved({ arrivals: 'poisson', seed: '8', rates: ['5'] }))).not.toEqual([first]);
    expect(seedsOf(resolved({ seed: '7' }))).toEqual([undefined, undefined]);
  });
});

describe('stages', () => {
  const RAMP = [{ fromRatePerSecond: 0, toRatePerSecond: 100, durationMs: 2000 }];
  const WHY = 'stages say themselves how fast and how long, and their requests are evenly spaced';
  const load = { stages: '0:100@2s' };

  test('of the flag outweigh all that the scenario says of the load', () => {
    const scenarios: ScenarioInput[] = [
      {},
      { load: { rates: [5], duration: '1s', arrivals: 'poisson' } },
      { load: { stages: '7@1s' } },
    ];
    for (const input of scenarios)
      expect(resolved({ stages: '0:100@2s' }, input).loads).toEqual([{ kind: 'stages', stages: RAMP }]);
  });

  test('of the scenario hold until a flag names rates', () => {
    expect(resolved({}, { load }).loads).toEqual([{ kind: 'stages', stages: RAMP }]);
    expect(resolved({ arrivals: 'constant' }, { load }).loads).toEqual([{ kind: 'stages', stages: RAMP }]);
    expect(constantRates(resolved({ rates: ['5'], duration: '3s' }, { load }).loads)).toEqual({
      rates: [5],
      durationsMs: [3000],
    });
  });

  test.each<[RunFlags, string]>([
    [{ rates: ['5'] }, '--rates'],
    [{ duration: '5s' }, '--duration'],
    [{ arrivals: 'poisson' }, '--arrivals poisson'],
    [{ rates: ['5'], duration: '5s' }, '--rates and --duration'],
  ])('exclude %j, in one sentence', async (flags, named) => {
    expect(await problemsOf({ ...flags, stages: '5@1s' })).toEqual([`--stages excludes ${named}: ${WHY}`]);
  });

  test.each<[RunFlags, string]>([
    [{ duration: '5s' }, '--duration'],
    [{ arrivals: 'poisson' }, '--arrivals poisson'],
  ])('of the scenario exclude %j', async (flags, named) => {
    expect(await problemsOf(flags, { load })).toEqual([
      `The scenario's load.stages excludes ${named}: ${WHY}; --rates replaces the stages`,
    ]);
  });

  test('are complained about one by one, in one message', async () => {
    const problems = await problemsOf({ stages: '500@30, 0-100@2m, 5@1s, 2000000@1s' });
    const SYNTAX = 'FROM:TO@DURATION or TO@DURATION, such as 0:100@2m or 500@30s';
    expect(problems).toEqual([
      `--stages: expected ${SYNTAX} (a unit is missing: 500@30s?), came "500@30"`,
      `--stages: expected ${SYNTAX} (did you mean 0:100@2m?), came "0-100@2m"`,
      '--stages: expected rates from 0 to 1000000, came "2000000@1s"',
    ]);
  });
});

describe('the way to the target', () => {
  test('is plain, unless told otherwise', () => {
    const { connection, client } = resolved({});
    expect(connection).toEqual({ socketPath: null, acceptsAnyCertificate: false, keepAlive: true });
    expect(client).toBe('auto');
  });

  test('is told by flags; a socket is meant from the working directory', () => {
    const { connection, client } = resolved({
      ...{ unixSocket: 'api.sock', insecure: true, keepalive: false, client: 'undici' },
    });
    const socketPath = `${process.cwd()}/api.sock`;
    expect(connection).toEqual({ socketPath, acceptsAnyCertificate: true, keepAlive: false });
    expect(client).toBe('undici');
  });

  test('is HTTP/2 with undici', () => {
    expect(resolved({ http2: true })).toMatchObject({ http2: true, client: 'undici' });
    expect(resolved({}).http2).toBe(false);
  });

  test('may be https', () => {
    expect(resolved({ url: 'https://shop.example:8443/x' }).target).toMatchObject({
      url: 'https://shop.example:8443',
    });
  });
});

describe('placeholders of commands', () => {
  test.each([
    ['{prot}', '{port}'],
    ['{PORT}', '{port}'],
    ['{ports}', '{port}'],
    ['{wokers}', '{workers}'],
    ['{worker}', '{workers}'],
    ['{hots}', '{host}'],
    ['{scratchh}', '{scratch}'],
  ])('%s is refused: %s is meant', async (came, meant) => {
    const problem = `${came} is not a placeholder: did you mean ${meant}?`;
    expect(await problemsOf({ command: `serve --at ${came}` })).toEqual([problem]);
    expect(await problemsOf({}, { start: { command: 'serve', env: { AT: came } } })).toEqual([problem]);
    expect(await problemsOf({}, { stop: { command: `stop ${came}` } })).toEqual([problem]);
    expect(await problemsOf({}, { prepare: [{ title: 'make', command: `make ${came}` }] })).toEqual([
      problem,
    ]);
  });

  test.each(['{id}', '{name}', '{test}', '{"a": 1}', '${PORT}', '{}', '{{port}}'])(
    '%s is left to the program',
    (word) => {
      expect(resolved({}, { start: { command: ['serve', word] } }).target).toMatchObject({
        words: ['serve', word],
      });
    },
  );

  test.each([[['1', '2']], [['4']]])(
    'without {workers} there is one server for all of %j',
    async (workers) => {
      const [problem, ...others] = await problemsOf(
        { workers },
        { start: { command: 'serve --port {port}' } },
      );
      expect(problem).toMatch(
        /^--workers: the command does not contain \{workers\}.* Put \{workers\} where the number goes/,
      );
      expect(others).toEqual([]);
    },
  );

  test('{workers} in a word or a variable will do, and one worker needs none', () => {
    const commands = ['serve -w {workers}', 'serve'].map((command) => ({
      start: { command, env: { N: '{workers}' } },
    }));
    for (const input of commands) expect(resolved({ workers: ['1', '2'] }, input).workers).toEqual([1, 2]);
    expect(resolved({ workers: ['1'] }, { start: { command: 'serve' } }).workers).toEqual([1]);
  });
});

describe('how a target is started and stopped', () => {
  const stopOf = ({ target }: RunConfig) => (target.kind === 'command' ? target.stop : undefined);

  test('by SIGTERM and after three seconds by force, and what answers must be its own', () => {
    expect(stopOf(resolved({}))).toEqual({ signal: 'SIGTERM', graceMs: 3000, words: null });
    expect(resolved({}).target).toMatchObject({ owner: 'target' });
  });

  test('as the scenario says', () => {
    const stop = { signal: 'SIGINT', grace: '1m', command: 'docker compose down' } as const;
    expect(stopOf(resolved({}, { stop }))).toEqual({
      signal: 'SIGINT',
      graceMs: 60_000,
      words: ['docker', 'compose', 'down'],
    });
    const start = { command: 'docker run shop', owner: 'any' } as const;
    expect(resolved({}, { start }).target).toMatchObject({ owner: 'any' });
  });

  test('a stop command that needs a shell is refused', async () => {
    expect(await problemsOf({}, { stop: { command: 'a && b' } })).toEqual([
      `stop.command: "a && b" needs a shell: write sh -c '…'`,
    ]);
  });
});

test.each<[string | undefined, string | undefined, string | null]>([
  [undefined, undefined, null],
  ['/', undefined, ''],
  ['/api/', '/own', '/api'],
  [undefined, '/own', '/own'],
])('the base path of flag %s and file %s is %s', (basePath, own, expected) => {
  const flags = basePath === undefined ? {} : { basePath };
  expect(resolved(flags, own === undefined ? {} : { basePath: own }).basePathOverride).toBe(expected);
});
