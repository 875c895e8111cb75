import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, type TestContext } from 'vitest';
import { gaugesOfTarget } from '../support/gauges.js';
import { requireProgram } from '../support/optional-programs.js';
import { type Outcome, type Sandbox } from '../support/sandbox.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

const BURNS = resolve('test/fixtures/servers/burns-and-shares-its-port.py');
const RUN = [
  ...['run', '--json', '--rates', '20', '--duration', '1s', '--warmup', '0s', '--preflight', 'off'],
  ...['--pacing', 'relaxed', '--no-html', '--spec', resolve('test/fixtures/one-operation.json')],
];

/** A server that prints when it is ready, and ends with the test. */
async function start(
  onTestFinished: TestContext['onTestFinished'],
  program: string,
  words: readonly string[],
  options: SpawnOptions = {},
): Promise<ChildProcess> {
  const child = spawn(program, words, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

function cellOf(sandbox: Sandbox, { code, stderr }: Outcome) {
  expect([0, 4], stderr).toContain(code);
  const [cell] = sandbox.record().cells;
  expect(cell?.counts.succeeded).toBe(20);
  return cell!;
}

describe.concurrent('of a server that runs already the resources are', () => {
  test('those of the one at this address, not of another one on its port', async ({
    sandbox,
    skip,
    onTestFinished,
  }) => {
    const python = requireProgram('python3', skip);
    const port = await freePort();
    await start(onTestFinished, python, [BURNS, '127.0.0.1', port, '0.5']);
    const server = await start(onTestFinished, python, [BURNS, '127.0.0.2', port, '0']);
    const outcome = await sandbox.bench([...RUN, '--url', `http://127.0.0.2:${port}`, '--out', sandbox.out]);
    const { gauges } = cellOf(sandbox, outcome);
    expect(gauges['target.cpu']?.mean).toBeLessThan(20);
    expect(server.exitCode).toBeNull();
  });

  test('those of all that share its port', async ({ sandbox, skip, onTestFinished }) => {
    const python = requireProgram('python3', skip);
    const port = await freePort();
    for (const share of ['0', '0.1', '0', '0.1'])
      await start(onTestFinished, python, [BURNS, '127.0.0.1', port, share]);
    const outcome = await sandbox.bench([...RUN, '--url', `http://127.0.0.1:${port}`, '--out', sandbox.out]);
    const { gauges } = cellOf(sandbox, outcome);
    expect(gauges['target.processes']?.max).toBe(4);
    expect(gauges['target.cpu']?.mean).toBeGreaterThan(0);
  });

  test('not those of a program that passes its connections on', async ({ sandbox, skip, onTestFinished }) => {
    const python = requireProgram('python3', skip);
    const [port, behind] = [await freePort(), await freePort()];
    await start(onTestFinished, python, [BURNS, '127.0.0.1', behind, '0']);
    const forward = `
      const net = require('net');
      net.createServer((c) => c.pipe(net.connect(${behind}, '127.0.0.1')).pipe(c)).listen(${port}, '127.0.0.1', () => console.log('up'));
    `;
    // Known by its name, as the real one would be.
    const socat = await start(onTestFinished, process.execPath, ['-e', forward], { argv0: 'socat' });
    const outcome = await sandbox.bench([...RUN, '--url', `http://127.0.0.1:${port}`, '--out', sandbox.out]);
    const { gauges, gaugesMissing } = cellOf(sandbox, outcome);
    expect(gaugesOfTarget(gauges)).toEqual([]);
    expect(gaugesMissing?.['target.cpu']).toMatch(
      new RegExp(`process ${socat.pid} \\(socat .*only forwards connections`),
    );
    expect(outcome.stderr).toMatch(/target's CPU and memory are unknown/);
  });

  test('not known when it belongs to another user', async ({ sandbox, skip, onTestFinished }) => {
    const setpriv = requireProgram('setpriv', skip);
    if (process.getuid?.() !== 0) skip('needs root, to start a server as another user');
    const port = await freePort();
    const server = `require('http').createServer((q, a) => a.end('{}')).listen(${port}, '127.0.0.1', () => console.log('up'))`;
    await start(onTestFinished, process.execPath, ['-e', server], { uid: 65534, gid: 65534, cwd: '/' });
    // Root without the right to look into the processes of others, as everybody else is.
    const blind = ['--bounding-set', '-sys_ptrace', '--inh-caps', '-all'];
    const args = [...RUN, '--url', `http://127.0.0.1:${port}`, '--out', sandbox.out];
    const outcome = await sandbox.startThrough([setpriv, ...blind], args).ended;
    const { gauges, gaugesMissing } = cellOf(sandbox, outcome);
    expect(gaugesOfTarget(gauges)).toEqual([]);
    expect(gaugesMissing?.['target.cpu']).toMatch(/belongs to another user \(id 65534\)/);
  });
});

test('requests that are written out are sent as they are, and no document is looked for', async ({
  sandbox,
  onTestFinished,
}) => {
  const came = new Set<string>();
  const server = createHttpServer((request, response) => {
    const { method, url, headers } = request;
    const parts: Uint8Array[] = [];
    request.on('data', (part: Uint8Array) => parts.push(part));
    request.on('end', () => {
      came.add([method, url, headers['content-type'], Buffer.concat(parts).toString('latin1')].join(' '));
      response.end('fine');
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const file = join(sandbox.out, '..', 'item.bin');
  writeFileSync(file, '\xff{n}\0', 'latin1');
  const { code, stdout, stderr } = await sandbox.bench([
    ...['run', '--url', `http://127.0.0.1:${(server.address() as AddressInfo).port}`, '--out', sandbox.out],
    ...['--request', 'GET /a/{b}?c=%2f&&d', '--request', 'PUT /items', '--body', `@${file}`],
    ...['--rates', '20', '--duration', '1s', '--warmup', '0s', '--pacing', 'relaxed', '--no-html'],
  ]);
  expect([0, 4], stderr).toContain(code);
  expect([...came].sort()).toEqual(
    [
      'GET /a/{b}?c=%2f&&d  ',
      // What asks whether the server is there.
      'GET /  ',
      'PUT /items application/octet-stream \xff{n}\0',
    ].sort(),
  );
  const { cells, preflight } = sandbox.record();
  expect(cells.map(({ subject, counts }) => [subject.id, counts.succeeded])).toEqual([
    ['get_a_b_c_2f_d', 20],
    ['put_items', 20],
  ]);
  expect(preflight?.map(({ state }) => state)).toEqual(['ok', 'ok']);
  expect(stdout).toContain('get_a_b_c_2f_d');
});
