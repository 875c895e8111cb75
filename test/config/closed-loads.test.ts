import { describe, expect, test } from 'vitest';
import { resolveRunConfig } from '../../src/config/resolve-run-config.js';
import { scenarioSchema } from '../../src/model/config/scenario.js';
import type { Load } from '../../src/model/loads/index.js';
import { userErrorOf } from '../support/caught.js';

type Flags = Readonly<Record<string, string | string[]>>;

function loads(flags: Flags, load: object = {}): readonly Load[] {
  const scenario = scenarioSchema.parse({ name: 'shop', start: { command: 'serve' }, load });
  return resolveRunConfig(flags, { scenario, folder: '/shop' }, { freeFiles: 4096 }).loads;
}

const think = { kind: 'uniform', minMs: 100, maxMs: 2000 };

describe('the loads of closed loops', () => {
  test('are users, all of whom start in the first tenth of the window unless a rate is given', () => {
    expect(loads({ users: ['10', '50'], think: '0.1s-2s', duration: '20s' })).toEqual([
      { kind: 'users', users: 10, spawnRatePerSecond: 5, durationMs: 20_000, think },
      { kind: 'users', users: 50, spawnRatePerSecond: 25, durationMs: 20_000, think },
    ]);
    expect(loads({ users: ['10'], spawnRate: '2' })[0]).toMatchObject({ spawnRatePerSecond: 2, think: null });
  });

  test('are users who start at a rate for each number of them', async () => {
    const users = ['10', '50', '100'];
    const rates = (flags: Flags, load: object = {}) =>
      loads({ duration: '1m', ...flags }, load).map(
        (one) => 'spawnRatePerSecond' in one && one.spawnRatePerSecond,
      );
    expect(rates({ users, spawnRate: ['2', '10', '10'] })).toEqual([2, 10, 10]);
    expect(rates({ users, spawnRate: ['20'] })).toEqual([20, 20, 20]);
    const given = { users: [10, 50, 100], spawnRate: [2, 5, 10] };
    expect(rates({}, given)).toEqual([2, 5, 10]);
    // A rate belongs to its number of users, whichever of them are asked for.
    expect(rates({ users: ['100', '7'] }, given)).toEqual([10, 7 / 6]);
    expect(rates({ spawnRate: ['4'] }, given)).toEqual([4, 4, 4]);
    expect((await userErrorOf(() => loads({}, { users: [10, 50], spawnRate: [2, 5, 10] }))).message).toBe(
      'load.spawnRate: expected one rate, or 2: one for each of load.users, came 2, 5, 10',
    );
  });

  test('are users in stages', () => {
    expect(loads({ users: ['0:100@2m, 500@30s'], think: 'exp:1s' })).toEqual([
      {
        kind: 'user-stages',
        stages: [
          { fromUsers: 0, toUsers: 100, durationMs: 120_000 },
          { fromUsers: 100, toUsers: 500, durationMs: 30_000 },
        ],
        think: { kind: 'exponential', meanMs: 1000 },
      },
    ]);
  });

  test('are fixed numbers of requests, ten at once unless there are fewer', () => {
    expect(loads({ requests: '100' })).toEqual([{ kind: 'fixed-count', requests: 100, concurrency: 10 }]);
    expect(loads({ requests: '5' })).toEqual([{ kind: 'fixed-count', requests: 5, concurrency: 5 }]);
    expect(loads({ requests: '50', concurrency: ['1', '10'] })).toHaveLength(2);
  });

  test('come from the scenario, unless a flag asks for another kind', () => {
    const given = { users: [7], spawnRate: 7, think: '1s', duration: '3s' };
    const [load] = loads({}, given);
    expect(load).toEqual({
      ...{ kind: 'users', users: 7, spawnRatePerSecond: 7, durationMs: 3000 },
      think: { kind: 'constant', ms: 1000 },
    });
    expect(loads({ rates: ['5'] }, given)[0]).toMatchObject({ kind: 'constant-rate', durationMs: 3000 });
    expect(loads({ users: ['9'] }, given)[0]).toMatchObject({ users: 9, spawnRatePerSecond: 7 });
    expect(loads({}, { users: '0:5@2s' })[0]).toMatchObject({ kind: 'user-stages' });
  });

  test.each<[Flags, string]>([
    [{ users: ['0'] }, '--users: expected a whole number from 1 to 100000, came "0"'],
    [{ users: ['2'], spawnRate: '0' }, '--spawn-rate: expected a number from 0.001 to 1000000, came "0"'],
    [
      { users: ['2'], think: '2s-1s' },
      '--think: expected a time such as 1s, a range such as 0.1s-2s, or exp:1s (exponential, by its mean), came "2s-1s"',
    ],
    [
      { users: ['100'], spawnRate: '1' },
      '--spawn-rate: at 1/s, 100 users take 100s to start, and the window is 10s long: give --spawn-rate 10 or more, or a longer --duration',
    ],
    [
      { users: ['2', '3'], spawnRate: ['1', '2', '3'] },
      '--spawn-rate: expected one rate, or 2: one for each of --users, came "1 2 3"',
    ],
    [{ users: ['2'], rates: ['5'] }, '--users excludes --rates: users send when their answers have come'],
    [
      { users: ['0:2@1s'], duration: '5s' },
      '--users excludes --duration: stages say themselves how many users there are and how long',
    ],
    [
      { requests: '5', concurrency: ['10'] },
      '--concurrency: 10 at once is more than 5 requests: lower it, or raise --requests',
    ],
    [{ think: '1s' }, '--think goes with --users, which is not given'],
    [{ concurrency: ['1'] }, '--concurrency goes with --requests, which is not given'],
    [{ users: ['0:0@1s'] }, '--users: expected a user in some stage, came "0:0@1s"'],
  ])('%j is refused', async (flags, problem) => {
    const { message } = await userErrorOf(() => loads(flags));
    expect(message.split('\n')).toEqual([problem]);
  });

  test('a scenario names one kind', () => {
    expect(() => loads({}, { users: [5], rates: [5] })).toThrow(/expected only one of rates and users/);
  });
});
