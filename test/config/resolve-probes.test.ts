import { describe, expect, test } from 'vitest';
import { FlagReader } from '../../src/config/flag-reader.js';
import { maskFor, redactConfig } from '../../src/config/redact.js';
import { parseScenario } from '../../src/config/read-scenario.js';
import { databaseHost, resolveProbes } from '../../src/config/resolve-probes.js';
import { resolveRunConfig } from '../../src/config/resolve-run-config.js';
import { userErrorOf } from '../support/caught.js';

const URL_WITH_PASSWORD = 'postgresql://me:open-sesame@127.0.0.1:5432/shop';
const folder = '/scenarios';

function resolved(flags: readonly string[], ofScenario = {}, environment = {}) {
  const read = new FlagReader();
  return { probes: resolveProbes(read, { probe: flags }, ofScenario, environment), problems: read.problems };
}

describe('databases to look at', () => {
  test('are those of the scenario, with variables filled in, and over them those of --probe', () => {
    const ofScenario = { postgres: '${SHOP}', redis: 'redis://127.0.0.1:6379' };
    expect(resolved(['redis=rediss://10.0.0.1'], ofScenario, { SHOP: URL_WITH_PASSWORD })).toEqual({
      probes: { postgres: URL_WITH_PASSWORD, redis: 'rediss://10.0.0.1' },
      problems: [],
    });
    expect(resolved([], ofScenario).problems).toContainEqual(
      'probes: postgres needs the variable SHOP, which is not set in the environment',
    );
  });

  test.each([
    ['postgress=postgresql://127.0.0.1/shop', /did you mean postgres=…/],
    ['postgresql://me:open-sesame@127.0.0.1/shop', /expected postgres=postgresql:.*or redis=/],
    ['postgres=', /expected a URL such as postgresql:.*came nothing/],
    ['postgres=me:open-sesame@127.0.0.1/shop', /expected a URL such as postgresql:.*came <redacted>@127/],
    ['redis=http://127.0.0.1', /expected a URL such as redis:.*came http:/],
    ['redis=redis:///0', /which has no host/],
  ])('that are written as %s are refused, and no password is told', (text, problem) => {
    const { problems } = resolved([text]);
    expect(problems.join()).toMatch(problem);
    expect(problems.join()).not.toContain('open-sesame');
  });

  test('have a host, or a socket on this machine', () => {
    expect(databaseHost('postgresql+asyncpg://me@db.example/shop')).toBe('db.example');
    expect(databaseHost('postgresql:///shop?host=/var/run/postgresql')).toBeNull();
    expect(databaseHost('postgresql://127.0.0.1/shop?host=db.example')).toBe('db.example');
    expect(databaseHost('redis://[::1]:6379')).toBe('[::1]');
  });
});

function config(flags: Record<string, unknown>, keys = '') {
  const scenario = parseScenario(`name: shop\nstart: { command: serve }\n${keys}`, 'shop.yaml');
  return resolveRunConfig(flags, { scenario, folder }, { freeFiles: null });
}

describe('objectives on databases', () => {
  const slo = ['postgres.connections < 50', 'postgres.connections.max < 80%', 'postgres.deadlocks < 1'];

  test('are taken where the run looks at the database', () => {
    const figures = ['postgres.connections', 'postgres.connections.share.max', 'postgres.deadlocks'];
    const ways = [
      config({ slo }, 'services: [postgres]'),
      config({ slo, probe: [`postgres=${URL_WITH_PASSWORD}`] }),
    ];
    for (const { objectives } of ways) expect(objectives.map(({ figure }) => figure)).toEqual(figures);
  });

  test('are refused where it does not, with what to do', async () => {
    const { message } = await userErrorOf(() => config({ slo: slo.slice(0, 1) }));
    expect(message).toContain(
      '“postgres.connections < 50” is about PostgreSQL, and nothing in this run looks at it',
    );
    expect(message).toContain('services: [postgres]');
    const running = await userErrorOf(() =>
      config({ slo: ['redis.memory < 1GB'], url: 'http://127.0.0.1:1' }, 'services: [redis]'),
    );
    expect(running.message).toContain("--probe 'redis=redis://:PASSWORD@HOST:6379'");
    expect(running.message).not.toContain('services:');
  });

  test('that are misspelt are told the nearest name', async () => {
    const { message } = await userErrorOf(() =>
      config({ slo: ['postgres.conections < 50'] }, 'services: [postgres]'),
    );
    expect(message).toContain('did you mean postgres.connections?');
  });
});

test('no URL of a database is stored with its password, nor told in messages', () => {
  const withQuery = 'redis://127.0.0.1:6379?password=open-barley';
  const given = config({ probe: [`postgres=${URL_WITH_PASSWORD}`, `redis=${withQuery}`] });
  expect(redactConfig(given)['probes']).toEqual({
    postgres: 'postgresql://<redacted>@127.0.0.1:5432/shop',
    redis: 'redis://127.0.0.1:6379?password=<redacted>',
  });
  expect(maskFor(given).text('of open-sesame and open-barley')).toBe('of <redacted> and <redacted>');
});
