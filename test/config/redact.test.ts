import { redactCommand } from '../../src/kernel/redact-text.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactConfig } from '../../src/config/redact.js';
import { resolveRunConfig } from '../../src/config/resolve-run-config.js';
import { scenarioSchema } from '../../src/model/config/scenario.js';

const SECRET = 'hunter2secretvalue';

describe('a secret in the command line is not stored', () => {
  test.each([
    [['--header', `Authorization: Bearer ${SECRET}`]],
    [[`--header=Authorization: Bearer ${SECRET}`]],
    [['-H', `X-API-Key:${SECRET}`]],
    [[`-HX-API-Key: ${SECRET}`]],
    [['--header', `Authorization: Digest username="u", response="${SECRET}"`]],
    [['--header', `Cookie: theme=dark; session=${SECRET}`]],
    [['--api-key', SECRET]],
    [[`--token=${SECRET}`]],
    [['--url', `http://user:${SECRET}@127.0.0.1:8000`]],
    [['--spec', `http://127.0.0.1/openapi.json?a=1&access_token=${SECRET}`]],
    [['--body', `{"a": 1, "password" : "${SECRET}\\" ${SECRET}"}`]],
    [['--command', `DB_PASSWORD=${SECRET} serve --port {port}`]],
    [['--command', `serve --password "${SECRET} ${SECRET}" --port {port}`]],
    [['--command', `serve -H 'Authorization: ${SECRET}' --port {port}`]],
    [['--command', `DATABASE_URL=postgres://app:${SECRET}@db/shop serve`]],
  ])('%j', (words) => {
    const stored = redactCommand(['run', ...words, '--rates', '1000']);
    expect(JSON.stringify(stored)).not.toContain(SECRET);
    expect(JSON.stringify(stored)).toContain('<redacted>');
    expect(stored).toHaveLength(words.length + 3);
    expect(stored.slice(-2)).toEqual(['--rates', '1000']);
  });

  test('whatever it is made of', () => {
    const name = fc.constantFrom(
      'Authorization',
      'cookie',
      'X-Auth-Token',
      'x-api-key',
      'Proxy-Authorization',
    );
    const secret = fc.stringMatching(/^[A-Za-z0-9+/=_"'.:; -]{1,40}$/).map((text) => `#${text}#`);
    fc.assert(
      fc.property(name, secret, fc.constantFrom('--header=', '-H', ''), (header, value, flag) => {
        const stored = redactCommand([`${flag}${header}: ${value}`]);
        expect(stored.join(' ')).not.toContain(value);
      }),
    );
  });
});

test('words that hold no secret are stored as they came', () => {
  const words = [
    ...[
      'run',
      '--header',
      'Accept: text/html',
      '--url',
      'http://127.0.0.1:8000/',
      '--include',
      'POST /auth/login',
    ],
    ...[
      'get_author',
      '--out',
      'a=b',
      '--command',
      "serve --host {host} -x 'a b' AUTHOR=jane",
      '--duration',
      '10s',
    ],
  ];
  expect(redactCommand(words)).toEqual(words);
});

test('no part of the stored configuration holds a secret, and the rest of it is as it was', () => {
  const scenario = scenarioSchema.parse({
    name: 'shop',
    prepare: [{ title: 'seed', command: ['seed', '--password', SECRET] }],
    start: {
      command: `serve --token=${SECRET} --port {port}`,
      env: { API_KEY: SECRET, DATABASE_URL: `postgres://app:${SECRET}@db/shop`, MODE: 'test' },
    },
    spec: `https://docs:${SECRET}@example.com/api.json`,
    headers: { Authorization: SECRET },
    values: {
      'header.x-api-key': SECRET,
      'query.access_token': { oneOf: [SECRET] },
      'path.id': { range: [1, 2] },
    },
  });
  const config = resolveRunConfig(
    { header: [`Cookie: a=${SECRET}`, 'X-Trace: 1'] },
    { scenario, folder: '/shop' },
    { freeFiles: null },
  );
  expect(JSON.stringify(config).split(SECRET)).toHaveLength(11);
  const stored = redactConfig(config);
  expect(JSON.stringify(stored)).not.toContain(SECRET);
  expect(stored).toMatchObject({
    scenario: 'shop',
    loads: config.loads,
    headers: { 'x-trace': '1', cookie: '<redacted>' },
    values: { 'path.id': { range: [1, 2] }, 'query.access_token': '<redacted>' },
    target: {
      words: ['serve', '--token=<redacted>', '--port', '{port}'],
      env: { MODE: 'test', DATABASE_URL: 'postgres://<redacted>@db/shop' },
    },
  });
});
