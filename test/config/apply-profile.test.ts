import { describe, expect, test } from 'vitest';
import type { RunFlags } from '../../src/config/flag-reader.js';
import { parseScenario } from '../../src/config/read-scenario.js';
import { redactConfig } from '../../src/config/redact.js';
import { resolveRunConfig } from '../../src/config/resolve-run-config.js';
import type { RunConfig } from '../../src/model/config/run-config.js';
import { userErrorOf } from '../support/caught.js';

const SHOP = `
name: shop
start: { command: serve, env: { WORKERS: '{workers}' } }
objectives: [errors < 1%]
load: { rates: [10], duration: 7s, arrivals: poisson, timeout: 3s, workers: [2], weights: { get: 9 } }
profiles:
  normal: { description: an ordinary day, load: { users: [50], spawnRate: 5, think: 1s }, objectives: [p95 < 200ms] }
  peak: { load: { rates: [500], timeout: 1s }, objectives: [] }
  ramp: { load: { users: '0:5@2s' } }
  long: { load: { duration: 1m, workers: [4] } }
  picky: { objectives: [p50 < 10ms, p95 < 20ms] }
`;

function run(flags: RunFlags, text = SHOP): RunConfig {
  return resolveRunConfig(
    flags,
    { scenario: parseScenario(text, 'shop.yaml'), folder: '/shop' },
    { freeFiles: 4096 },
  );
}
const problemOf = async (flags: RunFlags, text?: string): Promise<string> => {
  const { message, fault } = await userErrorOf(() => run(flags, text));
  expect(fault).toBe('usage');
  return message;
};
const textsOf = ({ objectives }: RunConfig): string[] => objectives.map(({ text }) => text);
const think = { kind: 'constant', ms: 1000 };

describe('a profile', () => {
  test('is taken only where it is asked for', () => {
    expect(run({})).toMatchObject({ profile: null, timeoutMs: 3000, workers: [2] });
    expect(run({}).loads).toMatchObject([{ kind: 'constant-rate', ratePerSecond: 10, durationMs: 7000 }]);
    expect(textsOf(run({}))).toEqual(['errors < 1%']);
  });

  test('that loads with another kind leaves nothing of the kind below, and all that belongs to none', () => {
    const config = run({ profile: 'normal' });
    expect(config.loads).toEqual([
      { kind: 'users', users: 50, spawnRatePerSecond: 5, durationMs: 10_000, think },
    ]);
    expect(config).toMatchObject({ timeoutMs: 3000, workers: [2], mixture: { weights: { get: 9 } } });
    expect(textsOf(config)).toEqual(['p95 < 200ms']);
  });

  test('that loads with the same kind takes that as a whole too', () => {
    const config = run({ profile: 'peak' });
    expect(config.loads).toEqual([
      { kind: 'constant-rate', arrivals: 'constant', ratePerSecond: 500, durationMs: 10_000 },
    ]);
    expect(config).toMatchObject({ timeoutMs: 1000, workers: [2] });
  });

  test('that names no kind changes single keys of the load below', () => {
    const config = run({ profile: 'long' });
    expect(config.loads).toMatchObject([{ ratePerSecond: 10, durationMs: 60_000, arrivals: 'poisson' }]);
    expect(config).toMatchObject({ workers: [4], timeoutMs: 3000 });
  });

  test('has objectives of its own, none, or those of the scenario', () => {
    expect(textsOf(run({ profile: 'picky' }))).toEqual(['p50 < 10ms', 'p95 < 20ms']);
    expect(textsOf(run({ profile: 'peak' }))).toEqual([]);
    expect(textsOf(run({ profile: 'long' }))).toEqual(['errors < 1%']);
  });

  test('stands in the stored configuration', () => {
    expect(redactConfig(run({ profile: 'normal' }))['profile']).toBe('normal');
  });
});

describe('flags beside a profile', () => {
  test('override it', () => {
    const flags = { duration: '20s', spawnRate: '10', timeScale: '0.1', slo: ['rps > 5'] };
    const config = run({ profile: 'normal', ...flags });
    expect(config.loads).toEqual([
      { kind: 'users', users: 50, spawnRatePerSecond: 100, durationMs: 2000, think },
    ]);
    expect(textsOf(config)).toEqual(['rps > 5']);
    expect(run({ profile: 'peak', rates: ['5'] }).loads).toMatchObject([{ ratePerSecond: 5 }]);
    expect(run({ profile: 'normal', users: ['7'] }).loads).toMatchObject([
      { users: 7, spawnRatePerSecond: 5 },
    ]);
    expect(run({ profile: 'normal', users: ['0:7@2s'] }).loads).toMatchObject([{ kind: 'user-stages' }]);
  });

  test('choose the kind of load where the profile does not', () => {
    expect(run({ profile: 'picky', users: ['3'] }).loads).toMatchObject([{ kind: 'users' }]);
    expect(run({ profile: 'long', requests: '50' }).loads).toMatchObject([{ kind: 'fixed-count' }]);
  });

  test.each<[RunFlags, string]>([
    [
      { profile: 'normal', rates: ['100'] },
      '--profile normal loads with users, which excludes --rates: users send when their answers have come; leave out --profile, or --rates',
    ],
    [
      { profile: 'peak', users: ['5'], think: '1s' },
      '--profile peak loads with rates, which excludes --users and --think: a rate is kept whatever the answers are; leave out --profile, or --users and --think',
    ],
    [
      { profile: 'ramp', spawnRate: '5' },
      '--profile ramp loads with users, which excludes --spawn-rate: stages say themselves how many users there are and how long; leave out --profile, or --spawn-rate',
    ],
  ])('that ask for another kind of load are refused: %j', async (flags, problem) => {
    expect(await problemOf(flags)).toBe(problem);
  });
});

describe('a profile that is not there', () => {
  test('is refused with the nearest name, and all that there are', async () => {
    expect(await problemOf({ profile: 'paek' })).toBe(
      '--profile: there is no profile named paek; did you mean peak? The scenario shop has normal (an ordinary day), peak, ramp, long, picky',
    );
    expect(await problemOf({ profile: 'constructor' })).toBe(
      '--profile: there is no profile named constructor. The scenario shop has normal (an ordinary day), peak, ramp, long, picky',
    );
  });

  test('is told together with all else that is wrong', async () => {
    expect((await problemOf({ profile: 'paek', warmup: 'soon' })).split('\n')).toHaveLength(2);
  });

  test.each([
    [
      { scenario: 'shop.yaml', profile: 'peak' },
      '--profile: the scenario shop has no profiles: write them under profiles: in its file, or leave --profile out',
    ],
    [
      { profile: 'peak' },
      '--profile: profiles stand in a scenario file: name one that has them with --scenario FILE',
    ],
  ])('since the scenario has none is said: %j', async (flags, problem) => {
    expect(await problemOf(flags, 'name: shop\nstart: { command: serve }')).toBe(problem);
  });
});
