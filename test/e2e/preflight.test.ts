import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect } from 'vitest';
import { sandboxTest } from '../support/sandbox-test.js';
import { fixtureServer, type FixtureServer } from '../support/fixture-server.js';
import { expectError, type Sandbox } from '../support/sandbox.js';
import { constantRate, endpoint, simulatedRun, storeRun } from '../support/simulated-runs.js';

/** Each test starts its own shop before bench does. */
const test = sandboxTest.extend<{ shop: FixtureServer }>({
  shop: async ({ task: _ }, use) => {
    const shop = await fixtureServer('shop');
    await use(shop);
    shop.stop();
  },
});

const RATES = ['--rates', '20', '--duration', '500ms', '--warmup', '0s', '--pacing', 'relaxed'];

async function made(shop: FixtureServer): Promise<number> {
  return (await (await fetch(`${shop.url}/made`)).json()) as number;
}

function scenario({ folder }: Sandbox, shop: FixtureServer, ...lines: string[]): string {
  const file = join(folder, 'shop.yaml');
  writeFileSync(file, ['name: shop', `url: ${shop.url}`, ...lines, ''].join('\n'));
  return file;
}

describe.concurrent('bench init', () => {
  test('writes a file with which bench run works at once', async ({ sandbox, shop }) => {
    const written = await sandbox.bench(['init', '--url', shop.url]);
    expect(written).toMatchObject({ code: 0, stdout: '' });
    expect(written.stderr).toMatch(/bench\.yaml, with 1 place[\s\S]*bench run --scenario bench\.yaml/);
    const text = readFileSync(join(sandbox.folder, 'bench.yaml'), 'utf8');
    expect(text).toMatch(/TODO: GET \/vouchers\/\{code\} answered 404.*No such voucher/);
    expect(text).toMatch(/Not asked[\s\S]*POST \/items/);
    const args = ['run', ...RATES, '--scenario', 'bench.yaml', '--include', 'get_item', '--out', sandbox.out];
    const { code } = await sandbox.bench(args);
    expect([0, 4]).toContain(code);
    const { cells, preflight } = sandbox.record();
    expect(cells[0]!.counts).toMatchObject({ planned: 10, succeeded: 10 });
    expect(preflight).toMatchObject([{ operation: { id: 'get_item' }, state: 'ok', status: 200 }]);
  });

  test('sends nothing but GETs, and asks writes when told so', async ({ sandbox, shop }) => {
    const before = await made(shop);
    await sandbox.bench(['init', '--url', shop.url, '--output', '-']);
    expect(await made(shop)).toBe(before);
    const { stdout } = await sandbox.bench(['init', '--url', shop.url, '--output', '-', '--check-writes']);
    // What makes something is asked twice.
    expect(await made(shop)).toBe(before + 2);
    expect(stdout).not.toMatch(/Not asked/);
  });

  test('never writes over a file unless it is forced to', async ({ sandbox }) => {
    const file = join(sandbox.folder, 'bench.yaml');
    writeFileSync(file, 'mine');
    const spec = resolve('test/fixtures/one-operation.json');
    expectError(await sandbox.bench(['init', '--spec', spec]), 2, /exists already/, /--force/, /--output/);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(await sandbox.bench(['init', '--spec', spec, '--force'])).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toMatch(/^name: one_operation$/m);
  });

  test('takes objectives from a run, and refuses that of another API', async ({ sandbox }) => {
    const spec = resolve('test/fixtures/one-operation.json');
    const endpoints = [endpoint('list_items', { path: '/items' })];
    const run = simulatedRun({ name: 'first', endpoints, loads: [constantRate(200)] });
    const words = ['init', '--spec', spec, '--objectives-from'];
    const { code } = await sandbox.bench([...words, await storeRun(sandbox.folder, run)]);
    expect(code).toBe(0);
    const file = join(sandbox.folder, 'bench.yaml');
    expect(readFileSync(file, 'utf8')).toMatch(/^#objectives:\n# {2}- GET \/items p95 < [\d.]+ms$/m);

    const other = await sandbox.bench([
      ...words,
      resolve('test/fixtures/runs/version-1'),
      '--output',
      'b.yaml',
    ]);
    expectError(other, 2, /version-1 measured another API/);
    expect(existsSync(join(sandbox.folder, 'b.yaml'))).toBe(false);
  });

  test('needs to know an API', async ({ sandbox }) => {
    expectError(await sandbox.bench(['init']), 2, /no API/, /--url/, /--spec/);
  });
});

describe.concurrent('bench list --check', () => {
  test('shows what came of each operation, and where its ids came from', async ({ sandbox, shop }) => {
    const { code, stdout } = await sandbox.bench(['list', '--check', '--requests', '--url', shop.url]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /GET \/items\/\w\S+\n {2}user-agent: .*\n {2}accept: .*\n {2}→ 200 ok\n {2}path\.item_id ← captured from GET \/items/,
    );
    // The parts of one item are not those of another.
    expect(stdout).toMatch(
      /GET \/items\/\w\S+\/parts\/1\d\n {2}user-agent: .*\n {2}accept: .*\n {2}→ 200 ok/,
    );
    expect(stdout).toMatch(/→ 404 missing-test-data {2}No such voucher/);
  });

  test('with --json holds the results', async ({ sandbox, shop }) => {
    const { stdout } = await sandbox.bench(['list', '--check', '--json', '--quiet', '--url', shop.url]);
    const { operations, problems } = JSON.parse(stdout) as {
      operations: { id: string; preflight: { state: string } }[];
      problems: unknown[];
    };
    const states = operations.map(({ id, preflight }) => `${id} ${preflight.state}`);
    expect(problems).toEqual([]);
    expect(states).toContain('get_item ok');
    expect(states).toContain('get_voucher missing-test-data');
  });

  test('takes no ids from collections with --no-chains', async ({ sandbox, shop }) => {
    const { stdout } = await sandbox.bench(['list', '--check', '--no-chains', '--url', shop.url]);
    expect(stdout).toMatch(/GET \/items\/\{item_id\} +404 missing-test-data {2}Item \S+ not found/);
  });
});

describe.concurrent('a set-up', () => {
  const STEP =
    'setup: [{ call: make_item, times: 5, values: { body.name: mine }, capture: { path.item_id: /id } }]';

  test('captures what the load reads, and the clean-up takes it back', async ({ sandbox, shop }) => {
    const before = await made(shop);
    const file = scenario(sandbox, shop, STEP, 'cleanup: [drop_item]');
    const args = ['run', ...RATES, '--scenario', file, '--include', 'get_item', '--out', sandbox.out];
    const { code, stderr } = await sandbox.bench(args);
    expect([0, 4]).toContain(code);
    expect(stderr).toMatch(/Pre-flight: the operation answers as expected/);
    expect(sandbox.record().cells[0]!.counts).toMatchObject({ planned: 10, succeeded: 10 });
    expect(await made(shop)).toBe(before);
  });

  test('is taken back after Ctrl-C too', async ({ sandbox, shop }) => {
    const before = await made(shop);
    const file = scenario(sandbox, shop, STEP, 'cleanup: [drop_item]');
    const long = ['--rates', '20', '--duration', '60s', '--warmup', '0s', '--include', 'get_item'];
    const bench = sandbox.start(['run', ...long, '--scenario', file, '--out', sandbox.out]);
    await bench.untilSays(/1 cell to measure/);
    expect(await made(shop)).toBe(before + 5);
    bench.signalGroup('SIGINT');
    expect(await bench.ended).toMatchObject({ code: 130 });
    expect(await made(shop)).toBe(before);
  });

  test('that the server refuses ends the run with its reason, and is taken back as far as it came', async ({
    sandbox,
    shop,
  }) => {
    const before = await made(shop);
    const file = scenario(
      sandbox,
      shop,
      'setup:',
      `  - ${STEP.slice('setup: ['.length, -1)}`,
      '  - { call: make_item, values: { body: 7 } }',
      'cleanup: [drop_item]',
    );
    const outcome = await sandbox.bench(['run', ...RATES, '--scenario', file, '--out', sandbox.out]);
    expectError(outcome, 3, /setup request POST \/items .* status 422/, /body\.name: Field required/);
    expect(await made(shop)).toBe(before);
  });

  test('whose captures find nothing ends the run and says what came', async ({ sandbox, shop }) => {
    const file = scenario(
      sandbox,
      shop,
      'setup: [{ call: list_items, capture: { path.item_id: /items/*/uid } }]',
    );
    const outcome = await sandbox.bench(['run', ...RATES, '--scenario', file, '--out', sandbox.out]);
    expectError(outcome, 3, /nothing for path\.item_id at \/items\/\*\/uid/, /an object with items, total/);
  });

  test('of an unknown operation is refused before anything is sent', async ({ sandbox, shop }) => {
    const file = scenario(sandbox, shop, 'setup: [{ call: mke_item }]', 'cleanup: [drop_itm]');
    const outcome = await sandbox.bench(['run', ...RATES, '--scenario', file, '--out', sandbox.out]);
    expectError(outcome, 2, /sets up with mke_item/, /cleans up with drop_itm/);
  });
});

describe.concurrent('the pre-flight', () => {
  test('says what is wrong, and the run goes on', async ({ sandbox, shop }) => {
    const args = ['run', ...RATES, '--url', shop.url, '--include', 'get_voucher', '--out', sandbox.out];
    const { code, stderr } = await sandbox.bench(args);
    expect([1, 4]).toContain(code);
    expect(stderr).toMatch(/GET \/vouchers\/\{code\} {2}404 missing-test-data {2}No such voucher/);
    expect(stderr).toMatch(/operations:\n {4}GET \/vouchers\/\{code\}: \{ values: \{ path\.code: TODO \} \}/);
    expect(sandbox.record().cells).toHaveLength(1);
  });

  test('ends a strict run with 3 before any load', async ({ sandbox, shop }) => {
    const strict = ['--preflight', 'strict', '--url', shop.url, '--out', sandbox.out];
    const outcome = await sandbox.bench(['run', ...RATES, ...strict]);
    expectError(outcome, 3, /1 of 6 operations not ready/, /No such voucher/);
    const record = sandbox.record();
    expect(record).toMatchObject({ status: 'failed', cells: [] });
    expect(record.preflight).toHaveLength(6);
  });

  test('sends nothing when it is off', async ({ sandbox, shop }) => {
    const before = await made(shop);
    const off = ['--preflight', 'off', '--no-chains', '--url', shop.url, '--include', 'list_items'];
    await sandbox.bench(['run', ...RATES, ...off, '--out', sandbox.out]);
    expect(sandbox.record().preflight).toBeUndefined();
    expect(await made(shop)).toBe(before);
  });

  test('shows no secret that a server repeats', async ({ sandbox, shop }) => {
    const secret = 'Bearer sec-ret-9f8e7d';
    const args = ['run', ...RATES, '--url', shop.url, '--include', 'list_items', '--header'];
    const { stdout, stderr } = await sandbox.bench([
      ...args,
      `Authorization: ${secret}`,
      '--out',
      sandbox.out,
    ]);
    expect(stdout + stderr + sandbox.text('results.json')).not.toContain('sec-ret');
  });

  test('of a mode that does not exist is refused', async ({ sandbox, shop }) => {
    const outcome = await sandbox.bench(['run', '--preflight', 'hard', '--url', shop.url]);
    expectError(outcome, 2, /--preflight: expected off, warn or strict, came "hard"/);
  });
});
