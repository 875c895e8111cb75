import { describe, expect, test } from 'vitest';
import { Adjustments } from '../../../src/app/requests/adjustments.js';
import { runPreflight } from '../../../src/app/preflight/preflight.js';
import type { RunEvent } from '../../../src/model/live/run-events.js';
import { SessionWatch } from '../../../src/app/access/session-watch.js';
import { SecretMask } from '../../../src/config/secret-mask.js';
import type { Fetch } from '../../../src/model/requests/fetch.js';
import type { Operation, BuiltOperation, RequestBlueprint } from '../../../src/model/requests/request.js';
import type { DescribedOperation } from '../../../src/openapi/document/described-operation.js';
import type { Target } from '../../../src/target/target.js';
import { fetched } from '../../support/fetched.js';
import { targetAt } from '../../support/targets.js';

function operationAt(path: string, method = 'GET'): BuiltOperation {
  return {
    operation: { id: path, method, path, tags: [] },
    blueprints: [{ method, path, headers: [], body: null }],
    origins: {},
    problems: [],
  };
}

function described(path: string): DescribedOperation {
  return {
    ...operationAt(path).operation,
    template: path.replace(/^\/v9/, ''),
    ...{ parameters: [], body: null, answerTypes: [], security: [] },
  };
}

const hung: Fetch = () => Promise.reject(new DOMException('too long', 'TimeoutError'));

interface Setting {
  readonly adjusted?: RequestBlueprint['body'];
  /** Whether the target could be started again. */
  readonly restart?: () => boolean;
}

/** What was asked of a target that answers so, what came of it and what was noticed. */
async function preflight(
  paths: readonly string[],
  answer: Fetch,
  target: Partial<Target> = {},
  { adjusted = null, restart = () => false }: Setting = {},
) {
  const asked: string[] = [];
  const notices: string[] = [];
  const base = targetAt('http://target', (url, options) => {
    asked.push(new URL(url).pathname);
    return answer(url, options);
  });
  const config = { timeoutMs: 1000, values: {}, seed: 1, bodyMode: 'default', requests: null } as const;
  const asking = {
    config,
    api: {
      document: { openapi: '3.1.0', servers: [{ url: 'http://a/v9' }, { url: '/v10' }], paths: {} },
      operations: paths.map((path) => described(path)),
      rules: new Map(),
      spec: '/docs/openapi.json',
      securitySchemes: {},
      signIns: { schemes: [], problems: [], notices: [] },
    },
    operations: paths.map((path) => operationAt(path)),
    adjustments: new Adjustments(config),
    rebuild: ({ path }: DescribedOperation) => ({
      ...operationAt(path),
      blueprints: [{ method: 'GET', path, headers: [], body: adjusted }],
    }),
    renew: () => Promise.reject(new Error('nothing is signed in')),
    // Its death is asked for each time.
    target: Object.defineProperties(base, Object.getOwnPropertyDescriptors(target)),
    mask: new SecretMask(),
    observe: (event: RunEvent) => {
      if (event.kind === 'notice') notices.push(event.message);
    },
    signal: new AbortController().signal,
  };
  const results = await runPreflight(
    (isLeft) => ({ ...asking, operations: asking.operations.filter(isLeft) }),
    () => Promise.resolve(restart()),
  );
  return {
    asked,
    notices,
    states: results.map(({ state }) => state),
    reasons: results.map(({ reason }) => reason),
    remedies: results.map(({ remedy }) => remedy),
    adjustments: results.map((one) => one.adjustments),
  };
}

describe('the pre-flight', () => {
  test('gives up after three operations running without an answer, and says how many it has not asked', async () => {
    const { asked, notices, states } = await preflight(['/1', '/2', '/3', '/4', '/5'], hung);
    expect(asked).toEqual(['/1', '/2', '/3']);
    expect(states).toEqual(['no-answer', 'no-answer', 'no-answer']);
    expect(notices).toEqual(['Pre-flight: 2 operations not asked, since 3 running were not answered.']);
  });

  test('asks on as long as some are answered', async () => {
    const some: Fetch = (url, options) =>
      url.endsWith('/3') ? Promise.resolve(fetched('ok')) : hung(url, options);
    const { asked, notices } = await preflight(['/1', '/2', '/3', '/4', '/5'], some);
    expect(asked).toHaveLength(5);
    expect(notices).toEqual([]);
  });

  test('asks nothing more of a target that a request has ended', async () => {
    let end = (): void => {};
    const died = new Promise<void>((resolve) => {
      end = resolve;
    });
    const target = {
      pid: 1,
      died,
      get death() {
        return asked ? 'exited with code 1' : undefined;
      },
    };
    let asked = false;
    const dying: Fetch = () => {
      asked = true;
      end();
      return Promise.reject(new Error('connection-reset at target:80'));
    };
    const { states, notices } = await preflight(['/1', '/2'], dying, target);
    expect(states).toEqual(['no-answer']);
    expect(notices).toEqual([
      'Pre-flight: 1 operation not asked, since the target exited with code 1 at GET /1.',
    ]);
  });

  test('asks the others of the next start of a target that requests end, three times at most', async () => {
    let isDead = false;
    let starts = 1;
    const target = {
      get death() {
        return isDead ? 'exited with code 1' : undefined;
      },
    };
    const deadly: Fetch = (url) => {
      isDead = !url.endsWith('/1');
      return isDead
        ? Promise.reject(new Error('connection-reset at target:80'))
        : Promise.resolve(fetched('ok'));
    };
    const restart = (): boolean => {
      starts += 1;
      isDead = false;
      return true;
    };
    const { asked, states, notices } = await preflight(['/1', '/2', '/3', '/4', '/5', '/6'], deadly, target, {
      restart,
    });
    expect(asked).toEqual(['/1', '/2', '/3', '/4', '/5']);
    expect(states).toEqual(['ok', 'no-answer', 'no-answer', 'no-answer', 'no-answer']);
    expect(starts).toBe(4);
    const end = 'the target exited with code 1 at GET';
    expect(notices).toEqual([
      `Pre-flight: ${end} /2; bench started it again to ask the 4 operations left.`,
      `Pre-flight: ${end} /3; bench started it again to ask the 3 operations left.`,
      `Pre-flight: ${end} /4; bench started it again to ask the 2 operations left.`,
      `Pre-flight: 1 operation not asked, since ${end} /5.`,
    ]);
  });

  test('has nothing to say of what it has not asked when the last one went unanswered', async () => {
    expect((await preflight(['/1', '/2', '/3'], hung)).notices).toEqual([]);
  });

  test('says the limit of a server that has had enough', async () => {
    const limited: Fetch = () => Promise.resolve(fetched('', 429, ['ratelimit-policy', '5;w=60']));
    const { reasons } = await preflight(['/1'], limited);
    expect(reasons).toEqual(['its limit: 5 requests in 60 s; raise it for the test']);
  });
});

describe('a request that is refused', () => {
  const wantsAll =
    (status: number): Fetch =>
    (_url, { body } = {}) =>
      Promise.resolve(fetched('', body === 'all' ? 200 : status));

  test.each([
    [
      400,
      'full-body',
      'Refused with fields left out, and accepted with all of them, which every request now has',
    ],
    [
      422,
      'full-body',
      'Refused with fields left out, and accepted with all of them, which every request now has',
    ],
    [428, 'any-version', 'Accepted with If-Match: * alone, which every request now has'],
  ])('with %i is asked once more with what may be missing, and that is kept', async (status, kept, words) => {
    const { asked, states, notices, adjustments } = await preflight(
      ['/1', '/2'],
      wantsAll(status),
      {},
      { adjusted: 'all' },
    );
    expect(asked).toEqual(['/1', '/1', '/2', '/2']);
    expect(states).toEqual(['ok', 'ok']);
    expect(adjustments).toEqual([[kept], [kept]]);
    expect(notices).toEqual([`${words}: GET /1, GET /2.`]);
  });

  test('is not asked again where that is the same request, or the answer speaks of something else', async () => {
    expect((await preflight(['/1'], wantsAll(400))).asked).toEqual(['/1']);
    expect((await preflight(['/1'], wantsAll(409), {}, { adjusted: 'all' })).asked).toEqual(['/1']);
  });

  test('both times keeps its first answer, and is not advised to send all', async () => {
    const never: Fetch = (_url, { body } = {}) =>
      Promise.resolve(fetched(body === 'all' ? 'second' : 'first', 400));
    const { reasons, remedies, adjustments, notices } = await preflight(
      ['/1'],
      never,
      {},
      { adjusted: 'all' },
    );
    expect(reasons).toEqual(['first']);
    expect(adjustments).toEqual([undefined]);
    expect(remedies[0]).not.toContain('full');
    expect(notices).toEqual([]);
  });
});

describe('paths that lie elsewhere', () => {
  const servedBelow =
    (...bases: readonly string[]): Fetch =>
    (url) => {
      const { pathname } = new URL(url);
      const isThere = bases.some((base) => ['/things', '/others'].some((path) => base + path === pathname));
      return Promise.resolve(fetched('', isThere ? 200 : 404));
    };

  test.each([
    ['', '/', '/things'],
    ['/v10', '/v10', '/v10/things'],
    ['/docs', '/docs', '/docs/things'],
    ['/api', '/api', '/api/things'],
  ])('below “%s” are found there, and that is the advice', async (base, shown, path) => {
    const { notices, remedies } = await preflight(['/v9/things', '/v9/others'], servedBelow(base));
    expect(notices).toEqual([
      `All 2 answers of the pre-flight are 404, since the base path is another one: GET ${path} answers 200, GET /v9/things 404. Say --base-path ${shown}, or basePath: ${shown} in the scenario file.`,
    ]);
    expect(remedies).toEqual([`basePath: ${shown}`, `basePath: ${shown}`]);
  });

  test('are not advised where the server answers everything there', async () => {
    const all: Fetch = (url) => Promise.resolve(fetched('', url.includes('/v9/') ? 404 : 200));
    const { notices, remedies } = await preflight(['/v9/things'], all);
    expect(notices).toEqual([
      'The only answer of the pre-flight is 404: is the base path right? The paths were asked below /v9; say where they are with --base-path PATH, or basePath: PATH in the scenario file.',
    ]);
    expect(remedies).toEqual([null]);
  });

  test.each([
    ['one is answered', ['/v9/things', '/v10/things']],
    ['all need an id', ['/v9/things/{id}']],
  ])('are not looked for where %s', async (_, paths) => {
    expect((await preflight(paths, servedBelow('/v10'))).notices).toEqual([]);
  });
});

describe('a session', () => {
  const changed: Operation = { id: 'c', method: 'POST', path: '/change', tags: [] };
  const read: Operation = { id: 'r', method: 'GET', path: '/read', tags: [] };
  const ok = { state: 'ok', status: 200 } as const;
  const refused = { state: 'missing-auth', status: 401 } as const;

  function watch(renew: () => Promise<void>) {
    const notices: string[] = [];
    const observe = (event: RunEvent): void => {
      if (event.kind === 'notice') notices.push(event.message);
    };
    return { notices, session: new SessionWatch(observe, renew) };
  }

  test('that ends is begun again, and the operation in between is named', async () => {
    const { notices, session } = watch(() => Promise.resolve());
    session.note(read, ok, true);
    session.note(changed, ok, true);
    expect(await session.renewsAfter(refused)).toBe(true);
    session.tell(ok);
    expect(notices).toEqual([
      'Pre-flight: POST /change ended the session of bench; bench has signed in again. Leave it out: exclude: ["POST /change"].',
    ]);
  });

  test('that cannot be begun again is given up, and said so once', async () => {
    const { notices, session } = watch(() => Promise.reject(new Error('wrong password.')));
    session.note(changed, ok, true);
    expect(await session.renewsAfter(refused)).toBe(false);
    expect(await session.renewsAfter(refused)).toBe(false);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/signing in again failed: wrong password\. Leave/);
  });

  test('is not suspected where nothing has worked, or nothing has changed anything', async () => {
    const { session } = watch(() => Promise.resolve());
    session.note(changed, ok, false);
    expect(await session.renewsAfter(refused)).toBe(false);
    session.note(read, ok, true);
    expect(await session.renewsAfter(refused)).toBe(false);
    expect(await session.renewsAfter({ state: 'missing-auth', status: 403 })).toBe(false);
  });
});
