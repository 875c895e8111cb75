import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { SECRETS, TOKENS } from '../fixtures/servers/lib/guards.js';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { expectError, QUICK, serverCommand, type Outcome, type Sandbox } from '../support/sandbox.js';

const VARIABLES = {
  HEADER_KEY: SECRETS.headerKey,
  BENCH_AUTH_QUERYKEY: SECRETS.queryKey,
  BENCH_AUTH_BASIC: `me:${SECRETS.basicPassword}`,
  USER_PASSWORD: SECRETS.userPassword,
  CLIENT_SECRET: SECRETS.clientSecret,
  LOGIN_PASSWORD: SECRETS.loginPassword,
};
const AUTH = {
  HeaderKey: '${HEADER_KEY}',
  CookieKey: SECRETS.cookieKey,
  Bearer: SECRETS.bearer,
  PasswordFlow: { username: 'me', password: '${USER_PASSWORD}' },
  ClientFlow: { clientId: 'app', clientSecret: '${CLIENT_SECRET}' },
  Login: { login: 'POST /login', body: { user: 'me', password: '${LOGIN_PASSWORD}' } },
  Session: {
    login: 'POST /form-login',
    encoding: 'form',
    body: { user: 'me', password: '${LOGIN_PASSWORD}' },
  },
};

/** What a user may write elsewhere than in `auth`. */
const PLANTED = {
  command: 'planted-on-the-command-line',
  variable: 'planted-in-the-environment',
  inherited: 'planted-in-the-shell',
  header: 'planted-in-a-header',
  cookie: 'planted-in-a-cookie',
};

/** The forms in which a secret may stand in a text. */
function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64];
}

const BASIC = Buffer.from(`me:${SECRETS.basicPassword}`).toString('base64');
const FORMS = [
  ...Object.values(SECRETS),
  ...Object.values(PLANTED),
  ...Object.values(TOKENS),
  BASIC,
  'zq8',
  'zq9',
].flatMap(formsOf);

/** Fails when any of it tells a secret; the target's own log is its own affair. */
function expectNoSecret(sandbox: Sandbox, { stdout, stderr }: Outcome, others: readonly string[] = []): void {
  const files = readdirSync(sandbox.folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.startsWith('out/') && !name.endsWith('server.log'))
    .map((name) => readFileSync(join(sandbox.folder, name), 'utf8'));
  for (const text of [stdout, stderr, ...others, ...files]) {
    expect(FORMS.filter((form) => text.includes(form))).toEqual([]);
  }
}

interface Case {
  readonly auth?: object;
  readonly server?: string;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A scenario file with every kind of credentials; YAML takes JSON. */
function scenario({ folder }: Sandbox, { auth = AUTH, server = '' }: Case): string {
  const file = join(folder, 'scenario.yaml');
  const command = `${serverCommand('guarded')} ${server}`;
  const start = { command, ready: { path: '/openapi.json' } };
  writeFileSync(file, JSON.stringify({ name: 'guarded', start, auth }));
  return file;
}

function run(sandbox: Sandbox, one: Case = {}): Promise<Outcome> {
  const file = scenario(sandbox, one);
  const flags = ['--scenario', file, '--out', sandbox.out, '--json', ...(one.flags ?? [])];
  return sandbox.bench(['run', ...QUICK, ...flags], { ...VARIABLES, ...one.env });
}

/** The words of all processes that bench starts but the target itself, seen while `work` is done. */
async function commandsDuring<T>(sandbox: Sandbox, work: Promise<T>): Promise<[T, string[]]> {
  const seen = new Set<string>();
  const timer = setInterval(() => {
    for (const { command } of sandbox.processes())
      if (!/guarded\.js|bin\/bench\.js/.test(command)) seen.add(command);
  }, 100);
  try {
    return [await work, [...seen]];
  } finally {
    clearInterval(timer);
  }
}

describe.concurrent('secrets of every kind', () => {
  test('that are written elsewhere reach the target, and no format, word or process tells them', async ({
    sandbox,
  }) => {
    const file = scenario(sandbox, { server: `--password ${PLANTED.command}` });
    const text = readFileSync(file, 'utf8');
    const env = { DATABASE_URL: `postgres://app:${PLANTED.variable}@db/x` };
    writeFileSync(file, text.replace('"ready":', `"env":${JSON.stringify(env)},"ready":`));
    const sent = ['--header', `X-Api-Key: ${PLANTED.header}`, '--header', `Cookie: sid=${PLANTED.cookie}`];
    const formats = ['--format', 'md', 'csv', 'junit', 'github', 'openmetrics', 'hgrm', 'locust'];
    const flags = ['--include', 'by-basic', '--scenario', file, '--out', sandbox.out, '--events'];
    const [outcome, commands] = await commandsDuring(
      sandbox,
      sandbox.bench(['run', ...QUICK, ...flags, ...sent, ...formats], {
        ...VARIABLES,
        SHELL_TOKEN: PLANTED.inherited,
      }),
    );
    const log = sandbox.text('server.log');
    expect(log).toContain(PLANTED.header);
    expect(log).toContain(PLANTED.cookie);
    expect(commands.length).toBeGreaterThan(0);
    expectNoSecret(sandbox, outcome, commands);
  });

  test('open every guard in a run, and are in none of its files and words', async ({ sandbox }) => {
    const outcome = await run(sandbox, { flags: ['--duration', '300ms'] });
    const answered = sandbox.record().cells.map(({ subject, statusCodes }) => [subject.id, statusCodes]);
    expect(answered).toEqual(answered.map(([id]) => [id, { 200: 15 }]));
    expect(answered).toHaveLength(11);
    expectNoSecret(sandbox, outcome);
  });

  test('are redacted in the list of requests, for which nobody signs in', async ({ sandbox }) => {
    const file = scenario(sandbox, {});
    const args = ['list', '--scenario', file, '--port', 'auto', '--requests'];
    for (const words of [args, [...args, '--json']]) {
      const outcome = await sandbox.bench(words, VARIABLES);
      expect(outcome).toMatchObject({ code: 0, stderr: '' });
      for (const shown of ['Bearer <redacted>', 'Basic <redacted>', 'api_key=<redacted>'])
        expect(outcome.stdout).toContain(shown);
      expectNoSecret(sandbox, outcome);
    }
  });

  test('are not needed to list without a server', async ({ sandbox }) => {
    const file = scenario(sandbox, {});
    const args = ['list', '--scenario', file, '--port', 'auto'];
    expect(await sandbox.bench(args)).toMatchObject({ code: 0, stderr: '' });
  });

  test('are not told by the log of a target that dies', async ({ sandbox }) => {
    const flags = ['--include', 'by-basic', 'by-query'];
    const outcome = await run(sandbox, { server: '--die-after 10', flags });
    expect(outcome.stderr).toMatch(/target exited with code 1/);
    expect(outcome.stderr).toMatch(/its last output|authorization/);
    expectNoSecret(sandbox, outcome);
  });

  test('are not in the results of a run that is interrupted', async ({ sandbox }) => {
    const file = scenario(sandbox, {});
    const load = ['--rates', '50', '--pacing', 'relaxed', '--port', 'auto', '--duration', '20s'];
    const bench = sandbox.start(
      ['run', ...load, '--scenario', file, '--out', sandbox.out, '--json'],
      VARIABLES,
    );
    await bench.untilSays(/cells to measure/);
    bench.signalGroup('SIGINT');
    const outcome = await bench.ended;
    expect(outcome.code).toBe(130);
    expectNoSecret(sandbox, outcome);
  });
});

describe.concurrent('a sign-in that fails ends the run with code 3 and the words of the server', () => {
  const wrong = {
    USER_PASSWORD: 'wrong"zq86" &<',
    CLIENT_SECRET: 'wrong/zq87+',
    LOGIN_PASSWORD: 'wrong zq88',
  };

  test.for([
    ['PasswordFlow', '/token'],
    ['ClientFlow', '/client-token'],
    ['Login', '/login'],
    ['Session', '/form-login'],
  ] as const)('%s', async ([scheme, path], { sandbox }) => {
    const outcome = await run(sandbox, { auth: { [scheme]: AUTH[scheme] }, env: wrong });
    expectError(
      outcome,
      3,
      new RegExp(`Signing in for ${scheme} failed: POST http://.*${path} was answered`),
    );
    expectError(
      outcome,
      3,
      /with status 401/,
      /It says: .*wrong: .*<redacted>/,
      new RegExp(`auth: ${scheme}`),
    );
    expect(sandbox.record()).toMatchObject({ status: 'failed', cells: [] });
    expectNoSecret(sandbox, outcome);
  });
});

describe.concurrent('what is wrong with auth is told before anything is sent', () => {
  test('variables that are not set, all of them', async ({ sandbox }) => {
    const outcome = await run(sandbox, { env: { HEADER_KEY: '', CLIENT_SECRET: '' } });
    expectError(outcome, 2, /HeaderKey needs the variable HEADER_KEY/, /ClientFlow .* CLIENT_SECRET/);
  });

  test('names that the document does not have, with the nearest', async ({ sandbox }) => {
    const outcome = await run(sandbox, { auth: { HaederKey: SECRETS.headerKey } });
    expectError(outcome, 2, /HaederKey is no security scheme .* did you mean HeaderKey\?/);
    expectNoSecret(sandbox, outcome);
  });

  test('entries of no known form, which are not repeated', async ({ sandbox }) => {
    const auth = { Bearer: [SECRETS.bearer], Basic: { username: 'me', pasword: SECRETS.basicPassword } };
    const outcome = await run(sandbox, { auth });
    expectError(outcome, 2, /auth\.Bearer: expected .*, came <redacted>/, /did you mean `password`\?/);
    expectNoSecret(sandbox, outcome);
  });
});

test('a document behind a guard is read with what is configured', async ({ sandbox }) => {
  const file = scenario(sandbox, { server: '--guard-document' });
  writeFileSync(file, readFileSync(file, 'utf8').replace('"ready":{"path":"/openapi.json"}', '"ready":{}'));
  const outcome = await sandbox.bench(['list', '--scenario', file, '--port', 'auto'], VARIABLES);
  expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining('11 operations') });
});
