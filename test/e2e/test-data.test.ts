import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { fixtureServer, type FixtureServer } from '../support/fixture-server.js';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { expectError, type Sandbox } from '../support/sandbox.js';

let shop: FixtureServer;
beforeEach(async () => {
  shop = await fixtureServer('signed-shop');
});
afterEach(() => shop.stop());

const SECRETS = ['shop-pass-zx71', 'shop-token-zx72', 'zx7'];
const PLANNED = 20;
const SET_UP = 5;

/** All at once: a sign-in, a set-up with captures, rows that may be sent once only, checks of answers. */
const SCENARIO = `
auth:
  Session: { login: POST /login, body: { user: me, password: '\${SHOP_PASSWORD}' }, token: /access_token }
setup:
  - { call: make_item, times: ${SET_UP}, capture: { path.item_id: /id } }
operations:
  make_item:
    data: { file: items.csv, order: unique, map: { body.number: no, body.name: title } }
    expect: { status: [201], headers: { content-type: application/json } }
  get_item:
    expect: { status: [200], json: { /name: 'a "quoted", title' } }
`;

function run(sandbox: Sandbox, rows: number): ReturnType<Sandbox['bench']> {
  const file = join(sandbox.folder, 'shop.yaml');
  writeFileSync(file, `name: shop\nurl: ${shop.url}\n${SCENARIO}`);
  const lines = Array.from({ length: rows }, (_, at) => `${at},"a ""quoted"", title"`);
  writeFileSync(join(sandbox.folder, 'items.csv'), ['no,title', ...lines, ''].join('\n'));
  const load = ['--rates', String(PLANNED), '--duration', '1s', '--warmup', '200ms', '--pacing', 'relaxed'];
  const which = ['--include', 'make_item', '--include', 'get_item'];
  const args = ['run', '--scenario', file, ...load, ...which, '--json', '--out', sandbox.out];
  return sandbox.bench(args, { SHOP_PASSWORD: SECRETS[0]! });
}

async function tally(): Promise<Record<string, number>> {
  return (await (await fetch(`${shop.url}/tally`)).json()) as Record<string, number>;
}

describe('a sign-in, a set-up, data and checks together', () => {
  test('make requests that are all answered as expected, each row sent once, and tell no secret', async ({
    sandbox,
  }) => {
    const { code, stdout, stderr } = await run(sandbox, SET_UP + 1 + PLANNED);
    // 4: this machine was too busy to make the load in time.
    expect([0, 4]).toContain(code);
    expect(stderr).toMatch(/Not warmed up.*make_item/);
    expect(stderr).toMatch(/Pre-flight: all 2 operations answer as expected/);
    for (const { counts } of sandbox.record().cells) {
      expect(counts).toMatchObject({ planned: PLANNED, sent: PLANNED, succeeded: PLANNED });
    }
    const sent = await tally();
    expect(sent).toMatchObject({
      // Once to see whether the document then shows more.
      logins: 2,
      made: SET_UP + 1 + PLANNED,
      repeated: 0,
      missed: 0,
      unsigned: 0,
    });
    // With the warm-up.
    expect(sent['read']).toBeGreaterThan(PLANNED + 1);
    const files = readdirSync(sandbox.out, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(json|log)$/.test(name))
      .map((name) => readFileSync(join(sandbox.out, name), 'utf8'));
    expect(files.length).toBeGreaterThan(0);
    for (const told of [stdout, stderr, ...files]) {
      for (const secret of SECRETS) expect(told).not.toContain(secret);
    }
  });

  test('are refused before anything is made when the rows are too few', async ({ sandbox }) => {
    const outcome = await run(sandbox, SET_UP + PLANNED);
    expectError(
      outcome,
      2,
      /make_item: data: 25 rows .*needs 26: 20 for the load, 5 for the set-up, 1 for the pre-flight/,
    );
    expect(await tally()).toMatchObject({ made: 0 });
  });
});

test('an address that is taken once only is another one in each request, over warm-up and threads', async ({
  sandbox,
}) => {
  const users = await fixtureServer('takes-once');
  try {
    const load = ['--rates', '100', '--duration', '1s', '--warmup', '300ms', '--threads', '2'];
    const { stderr } = await sandbox.bench(['run', '--url', users.url, ...load, '--out', sandbox.out]);
    expect(stderr).toContain('POST /users (body.email: someone{n}@example.com)');
    expect(sandbox.record().cells[0]!.counts).toMatchObject({ planned: 100, sent: 100, succeeded: 100 });
    const { made, refused } = (await (await fetch(`${users.url}/tally`)).json()) as Record<string, number>;
    // The pre-flight's second request.
    expect(refused).toBe(1);
    // With those of the pre-flight, and the warm-up.
    expect(made).toBeGreaterThan(102);
  } finally {
    users.stop();
  }
});
