import { describe, expect, test } from 'vitest';
import { Adjustments } from '../../../src/app/requests/adjustments.js';
import { runPreflight } from '../../../src/app/preflight/preflight.js';
import { buildSelected, buildOneSelected } from '../../../src/app/requests/build-requests.js';
import type { Api } from '../../../src/app/document/read-api.js';
import type { Observer } from '../../../src/model/live/run-events.js';
import { runSetup } from '../../../src/app/requests/run-setup.js';
import { resolveRunConfig } from '../../../src/config/resolve-run-config.js';
import { SecretMask } from '../../../src/config/secret-mask.js';
import type { Fetched } from '../../../src/model/requests/fetch.js';
import { scenarioSchema } from '../../../src/model/config/scenario.js';
import { describeApi } from '../../../src/openapi/document/describe-api.js';
import { resolveRules } from '../../../src/openapi/requests/resolve-rules.js';
import { fetched } from '../../support/fetched.js';
import { targetAt } from '../../support/targets.js';

const string = { type: 'string' };
const schema = {
  type: 'object',
  required: ['email', 'nick'],
  properties: {
    email: { ...string, format: 'email' },
    nick: string,
    team: { ...string, example: 'red' },
    role: { ...string, format: 'uuid', example: '2f24211d-d928-469a-aea3-3c8f53d4e426' },
    createdAt: { ...string, example: 'now' },
  },
};
const PATHS = { '/users': { post: { requestBody: { content: { 'application/json': { schema } } } } } };

type User = Readonly<
  Record<'email' | 'nick', string> & Partial<Record<'team' | 'role' | 'createdAt', string>>
>;
type Answer = (user: User, users: readonly User[]) => Fetched | undefined;

const refused = (status: number, said: object = {}): Fetched => fetched(said, status);
const has = (users: readonly User[], field: keyof User, { [field]: value }: User): boolean =>
  users.some((one) => one[field] === value);

/** A target that makes users unless `refuse` says no, and what is needed to ask it. */
async function at(refuse: Answer, scenario: object = {}, forSigningIn: Record<string, string> = {}) {
  const document = { openapi: '3.0.0', paths: PATHS };
  const described = describeApi(document);
  const config = resolveRunConfig(
    { url: 'http://t', methods: ['POST'] },
    { scenario: scenarioSchema.parse({ name: 'shop', ...scenario }), folder: '/shop' },
    { freeFiles: null },
  );
  const { operations } = described;
  const api: Api = {
    ...described,
    ...{ document, spec: '/openapi.json', selected: operations },
    signIns: { schemes: [], problems: [], notices: [] },
    weights: new Map(),
    rules: await resolveRules({ document, operations, used: operations, config }),
  };
  const users: User[] = [];
  const target = targetAt('http://t', (_url, { body } = {}) => {
    const user = JSON.parse(body as string) as User;
    const no = refuse(user, users);
    if (!no) users.push(user);
    return Promise.resolve(no ?? refused(201));
  });
  const notices: string[] = [];
  const observe: Observer = (event) => {
    if (event.kind === 'notice') notices.push(event.message);
  };
  const adjustments = new Adjustments(config);
  const access = { credentialsOf: () => ({ credentials: [], problems: [] }), valuesFor: () => forSigningIn };
  const context = { config, api, access, adjustments };
  const rest = { target, observe, mask: new SecretMask(), signal: new AbortController().signal };
  const built = () => buildSelected(context);
  return {
    ...{ users, notices, built },
    check: () =>
      runPreflight(
        (isLeft) => ({
          ...{ ...rest, config, api, adjustments, operations: built().filter(isLeft) },
          renew: () => Promise.reject(new Error('nobody signs in')),
          rebuild: (operation) => buildOneSelected(context, operation, { pools: [], chained: new Map() }),
        }),
        () => Promise.resolve(false),
      ),
    setUp: (times: number) =>
      runSetup(
        { ...rest, ...context, leave: () => {} },
        [{ call: 'POST /users', times, capture: {}, values: {} }],
        { pools: [], made: [] },
      ),
  };
}

const MAIL = /^\w+\d{14}@example\.com$/;

describe('the pre-flight', () => {
  test('finds the field that the server names, and says so', async () => {
    const one = await at((user, users) =>
      has(users, 'email', user) ? refused(409, { error: 'email is taken' }) : undefined,
    );
    const [result] = await one.check();

    expect(result).toMatchObject({
      state: 'ok',
      status: 201,
      unique: { 'body.email': 'someone{n}@example.com' },
    });
    expect(one.users.map(({ email }) => email)).toEqual(['someone@example.com', expect.stringMatching(MAIL)]);
    expect(one.notices).toEqual([
      'Values that are taken once only have a number of their own in every request: POST /users (body.email: someone{n}@example.com).',
    ]);
    expect(one.built()[0]!.origins).toMatchObject({ 'body.email': 'serial', 'body.nick': 'generated' });
  });

  test('finds it where the server fails without a word, and tries the usual ones before all others', async () => {
    const one = await at((user, users) => (has(users, 'nick', user) ? refused(500) : undefined));
    const [result] = await one.check();
    expect(result).toMatchObject({
      state: 'ok',
      unique: { 'body.nick': 'string{n}', 'body.email': 'someone{n}@example.com' },
    });
  });

  test('finds it at a server that has had the first request before', async () => {
    const one = await at(({ email }) =>
      MAIL.test(email) ? undefined : refused(400, { detail: 'Email already registered' }),
    );
    expect(await one.check()).toMatchObject([
      { state: 'ok', unique: { 'body.email': 'someone{n}@example.com' } },
    ]);
  });

  test('lets a server be that takes the same request twice', async () => {
    const one = await at(() => undefined);
    const [result] = await one.check();
    expect(result).not.toHaveProperty('unique');
    expect([one.users.length, one.notices]).toEqual([2, []]);
  });

  test('says what the load will meet where no other values help', async () => {
    const one = await at((_, users) =>
      users.length > 0 ? refused(409, { error: 'one is enough' }) : undefined,
    );
    const [result] = await one.check();
    expect(result).toMatchObject({ state: 'ok', status: 201 });
    expect(one.notices).toEqual([
      'Pre-flight: POST /users took its request once, and answered the same one again with 409: one is enough. The load will meet that.',
    ]);
    expect(one.built()[0]!.blueprints[0]).not.toHaveProperty('holes');
  });

  test('never changes what the user gives, but says how it would work', async () => {
    const values = { 'body.email': 'me@mine.org' };
    const one = await at(() => refused(409, { error: 'email is taken' }), { values });
    const [result] = await one.check();
    expect(result).toMatchObject({
      state: 'validation',
      remedy:
        'operations:\n  POST /users: { values: { body.email: "me{n}@mine.org" } } # a number of its own in each request',
    });
  });
});

test('the set-up finds it as well, and the pre-flight then has nothing left to find', async () => {
  const one = await at((user, users) => (has(users, 'email', user) ? refused(409) : undefined));
  await one.setUp(25);
  expect(one.users).toHaveLength(25);
  await one.check();
  expect(one.users).toHaveLength(26);
  expect(one.notices).toHaveLength(1);
});

test('what is configured for signing in goes out as it is, whatever it holds', async () => {
  const one = await at(() => undefined, {}, { 'body.nick': 'p{n}' });
  await one.check();
  expect(one.users.map(({ nick }) => nick)).toEqual(['p{n}', 'p{n}']);
});

describe('fields that need not be there', () => {
  const omitted = async (refuse: Answer): Promise<unknown> => {
    const one = await at(refuse);
    const [result] = await one.check();
    const sent = one.users.at(-1);
    return [result?.status, sent && Object.keys(sent).sort(), one.notices];
  };
  const fewer = (keys: string): string =>
    `Refused for fields that need not be there, and accepted without them: POST /users (${keys}).`;

  test('are left out as the target names them, one after another', async () => {
    const naming: Answer = (user) =>
      user.team !== undefined
        ? refused(400, { error: 'there is no team red' })
        : user.role !== undefined
          ? refused(404, { error: 'no such role' })
          : undefined;
    expect(await omitted(naming)).toEqual([
      201,
      ['createdAt', 'email', 'nick'],
      [fewer('body.team, body.role')],
    ]);
  });

  test('are left out where they are what servers set themselves', async () => {
    expect(await omitted(({ createdAt }) => (createdAt === undefined ? undefined : refused(500)))).toEqual([
      201,
      ['email', 'nick', 'team'],
      [fewer('body.role, body.createdAt')],
    ]);
  });

  test('are all left out where nothing less helps', async () => {
    const strict: Answer = (user) => (Object.keys(user).length > 2 ? refused(403) : undefined);
    expect(await omitted(strict)).toEqual([
      201,
      ['email', 'nick'],
      [fewer('body.team, body.role, body.createdAt')],
    ]);
  });

  test('stay where the target lacks them', async () => {
    const one = await at(() => refused(400, { error: 'team is required' }));
    await one.check();
    expect(one.built()[0]!.blueprints[0]!.body).toContain('team');
  });

  test('go together with values of their own, each a step on the way', async () => {
    const both: Answer = (user, users) =>
      users.length > 0 && has(users, 'email', user)
        ? refused(409, { error: 'email is taken' })
        : user.team !== undefined && users.length > 0
          ? refused(400, { error: 'team red is full' })
          : undefined;
    const one = await at(both);
    const [result] = await one.check();
    expect(result).toMatchObject({ state: 'ok', adjustments: ['own-values', 'fewer-fields'] });
    expect(one.users.at(-1)).toEqual({
      ...{ email: expect.stringMatching(MAIL) as string, nick: 'string', createdAt: 'now' },
      role: '2f24211d-d928-469a-aea3-3c8f53d4e426',
    });
  });
});

test('a server that erred once alone is asked as before', async () => {
  let asked = 0;
  const one = await at(() => ((asked += 1) === 1 ? refused(500) : undefined));
  const [result] = await one.check();
  expect(result).toMatchObject({ state: 'ok' });
  expect(result).not.toHaveProperty('adjustments');
  expect(one.notices).toEqual([]);
  expect(Object.keys(one.users.at(-1)!)).toContain('team');
});
