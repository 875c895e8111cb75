import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { gaugesOfTarget } from '../support/gauges.js';
import { requireProgram } from '../support/optional-programs.js';
import { expectError, QUICK, scenarioFile, serverCommand, type Sandbox } from '../support/sandbox.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

const LOAD = [...QUICK.slice(0, 6), '--pacing', 'relaxed', '--no-html'];
const ONE_OPERATION = resolve('test/fixtures/one-operation.json');

/** A server that bench has not started, and what it was sent. */
interface Stranger {
  readonly server: Server;
  readonly port: number;
  readonly received: () => string;
}

async function stranger(port = 0, host = '127.0.0.1'): Promise<Stranger> {
  let received = '';
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (data) => {
      received += data.toString('latin1');
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
    });
  });
  await taken(server, port, host);
  return { server, port: (server.address() as AddressInfo).port, received: () => received };
}

/** The one that had the port before may not have gone yet. */
async function taken(server: Server, port: number, host: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      server.listen(port, host);
      await once(server, 'listening');
      return;
    } catch (error) {
      if (tries === 50) throw error;
      await sleep(20);
    }
  }
}

/** The port that a server was told, as soon as it is starting. */
async function portTold(sandbox: Sandbox, server: string): Promise<number> {
  for (;;) {
    const found = sandbox
      .processes()
      .map(({ command }) => new RegExp(`${server}.* --port (\\d+)`).exec(command)?.[1]);
    const port = found.find((one) => one !== undefined);
    if (port !== undefined) return Number(port);
    await sleep(10);
  }
}

describe.concurrent('a stranger takes the port while the target starts', () => {
  test('of those that nobody asked for: the target is started again on a free one', async ({ sandbox }) => {
    const args = ['run', ...LOAD, '--port', 'auto', '--command', serverCommand('slow-start')];
    const bench = sandbox.start([...args, '--out', sandbox.out]);
    const { server, port, received } = await stranger(await portTold(sandbox, 'slow-start'));
    const { code, stderr } = await bench.ended;
    server.close();
    expect(received()).toBe('');
    expect(stderr).toMatch(
      new RegExp(`127.0.0.1:${port} belongs to process ${process.pid} .*started again on port \\d+`),
    );
    expect([0, 4]).toContain(code);
    expect(sandbox.record().cells).toHaveLength(2);
  });

  test('that was asked for: the run ends, and names it', async ({ sandbox }) => {
    const { server: before, port } = await stranger();
    before.close();
    await once(before, 'close');
    const args = ['run', '--json', ...LOAD, '--port', String(port), '--command', serverCommand('slow-start')];
    const bench = sandbox.start([...args, '--out', sandbox.out]);
    await portTold(sandbox, 'slow-start');
    const { server, received } = await stranger(port);
    const outcome = await bench.ended;
    server.close();
    expect(received()).toBe('');
    expectError(outcome, 3, new RegExp(`belongs to process ${process.pid}\\b`), /--port auto/, /owner: any/);
  });

  test('and the target waits for better times, as nodemon does', async ({ sandbox }) => {
    const command = serverCommand('outlives-its-server', '--port {port} --delay 1500');
    const bench = sandbox.start([
      'run',
      ...LOAD,
      '--port',
      'auto',
      '--command',
      command,
      '--out',
      sandbox.out,
    ]);
    const { server, received } = await stranger(await portTold(sandbox, 'outlives-its-server'));
    const { code } = await bench.ended;
    server.close();
    expect(received()).toBe('');
    expect([0, 4]).toContain(code);
    expect(sandbox.record().cells).toHaveLength(2);
  });

  test('and the target listens on another address of it', async ({ sandbox }) => {
    const file = scenarioFile(sandbox, 'listens-on-ipv6', { ready: '{ timeout: 2s }' });
    const args = ['run', '--json', ...LOAD, '--port', 'auto', '--scenario', file, '--out', sandbox.out];
    const bench = sandbox.start(args);
    const { server, received } = await stranger(await portTold(sandbox, 'listens-on-ipv6'));
    const outcome = await bench.ended;
    server.close();
    expect(received()).toBe('');
    expectError(outcome, 3, /not ready after 2s/, /It listens on \[::1\]:\d+ instead/);
  });
});

test.concurrent(
  'a target that listens on another address than it was told is not asked, and named',
  async ({ sandbox }) => {
    const file = scenarioFile(sandbox, 'listens-on-ipv6', { ready: '{ timeout: 2s }' });
    const outcome = await sandbox.bench([
      'run',
      '--json',
      ...QUICK,
      '--scenario',
      file,
      '--out',
      sandbox.out,
    ]);
    expectError(outcome, 3, /not ready after 2s/, /It listens on \[::1\]:\d+ instead/);
  },
);

test('two runs at once on the default port load their own server each', async ({ sandbox }) => {
  const runs = ['slow', 'fast'].map((name) => {
    const command = serverCommand(
      'outlives-its-server',
      `--port {port} --delay ${name === 'slow' ? 700 : 600}`,
    );
    const out = join(sandbox.folder, name);
    const args = ['run', ...LOAD, '--header', `x-run: ${name}`, '--command', command, '--out', out];
    return { name, out, bench: sandbox.start(args) };
  });
  for (const { name, out, bench } of runs) {
    const { code, stderr } = await bench.ended;
    expect([0, 4], stderr).toContain(code);
    const callers = readFileSync(join(out, 'server.log'), 'utf8').match(/called by \w+/g) ?? [];
    expect(callers.length).toBeGreaterThan(100);
    expect([...new Set(callers)]).toEqual([`called by ${name}`]);
  }
});

test.concurrent('a target that has died before the pre-flight ends the run', async ({ sandbox }) => {
  const file = scenarioFile(sandbox, 'dies-when-ready', {
    ready: '{ path: /health }',
    keys: `spec: ${ONE_OPERATION}`,
  });
  const outcome = await sandbox.bench(['run', '--json', ...QUICK, '--scenario', file, '--out', sandbox.out]);
  expectError(outcome, 3, /target exited with code 7 right after it became ready/, /the licence has run out/);
  expect(outcome.stderr).not.toMatch(/all 0 operations/i);
  expect(sandbox.record()).toMatchObject({ status: 'failed', cells: [] });
});

test.concurrent(
  'a target that picks another port than it was told is not ready, and named',
  async ({ sandbox }) => {
    const file = scenarioFile(sandbox, 'picks-its-port', { ready: '{ timeout: 2s }' });
    const outcome = await sandbox.bench([
      'run',
      '--json',
      ...QUICK,
      '--scenario',
      file,
      '--out',
      sandbox.out,
    ]);
    expectError(outcome, 3, /not ready after 2s/, /It listens on 127\.0\.0\.1:\d+ instead/);
  },
);

test.concurrent('load stops when another server takes the place of the target', async ({ sandbox }) => {
  // The parent lives on, so that only the listening socket tells.
  const command = serverCommand('outlives-its-server');
  const args = ['run', '--json', ...LOAD, '--duration', '20s', '--port', 'auto', '--command', command];
  const bench = sandbox.start([...args, '--out', sandbox.out]);
  await bench.untilSays(/cells to measure/);
  const server = sandbox.processes().find(({ command: words }) => words.includes('names-its-callers'))!;
  const port = await portTold(sandbox, 'names-its-callers');
  process.kill(server.pid, 'SIGKILL');
  const other = await stranger(port);
  const outcome = await bench.ended;
  other.server.close();
  expectError(outcome, 3, /The load was stopped/, new RegExp(`belongs to process ${process.pid}\\b`));
  // Of the two thousand of both cells, those of the tenths of a second in which it had not been seen.
  expect(other.received().match(/GET /g)?.length ?? 0).toBeLessThan(500);
});

describe.concurrent('a command that does not say on which port', () => {
  test.for(['picks-its-port', 'takes-port-from-environment'])(
    '%s is found where it listens',
    async (server, { sandbox }) => {
      const command = serverCommand(server, '');
      const { code, stderr } = await sandbox.bench([
        'run',
        ...QUICK,
        '--command',
        command,
        '--out',
        sandbox.out,
      ]);
      expect([0, 4], stderr).toContain(code);
      expect(sandbox.record().cells.map(({ counts }) => counts.succeeded)).toEqual([50, 50]);
    },
  );
});

test.concurrent(
  'an owner that need not be the target is loaded, and its CPU is not known',
  async ({ sandbox }) => {
    // What the command starts is elsewhere, as a container would be.
    const { server, port } = await stranger();
    server.close();
    await once(server, 'close');
    const file = join(sandbox.folder, 'any.yaml');
    const start = `start: { command: "true", owner: any }\nspec: ${ONE_OPERATION}`;
    writeFileSync(file, `name: any\n${start}\n`);
    const bench = sandbox.start([
      'run',
      '--json',
      ...LOAD,
      '--port',
      String(port),
      '--scenario',
      file,
      '--out',
      sandbox.out,
    ]);
    await bench.until(() => sandbox.processes().some(({ command }) => command.includes('supervise-target')));
    await sleep(300);
    const other = await stranger(port);
    const { code, stderr } = await bench.ended;
    other.server.close();
    expect([0, 4], stderr).toContain(code);
    const [cell] = sandbox.record().cells;
    expect(gaugesOfTarget(cell?.gauges)).toEqual([]);
    expect(cell?.gaugesMissing?.['target.cpu']).toMatch(
      new RegExp(`belongs to process ${process.pid} .*, which bench did not start`),
    );
    expect(stderr).toMatch(/target's CPU and memory are unknown/);
  },
);

test.concurrent(
  'load stops when a stranger shares the port of the target',
  async ({ sandbox, skip, onTestFinished }) => {
    const python = requireProgram('python3', skip);
    const program = resolve('test/fixtures/servers/burns-and-shares-its-port.py');
    const command = `${python} ${program} 127.0.0.1 {port} 0`;
    const args = ['run', '--json', ...LOAD, '--duration', '20s', '--port', 'auto', '--spec', ONE_OPERATION];
    const bench = sandbox.start([...args, '--command', command, '--out', sandbox.out]);
    await bench.untilSays(/cell to measure/);
    const ports = sandbox.processes().map(({ command: one }) => / 127\.0\.0\.1 (\d+) 0$/.exec(one)?.[1]);
    const port = ports.find((one) => one !== undefined)!;
    const other = spawn(python, [program, '127.0.0.1', port, '0'], { stdio: 'ignore' });
    onTestFinished(() => void other.kill('SIGKILL'));
    expectError(
      await bench.ended,
      3,
      /The load was stopped/,
      new RegExp(`belongs to process ${other.pid}\\b`),
    );
  },
);

test.concurrent(
  'a command that ends well and leaves no server is told what it may be',
  async ({ sandbox }) => {
    const args = ['run', '--json', ...QUICK, '--command', 'true', '--out', sandbox.out];
    expectError(await sandbox.bench(args), 3, /exited with code 0 before it was ready/, /owner: any/);
  },
);

test.concurrent('a server on every address is asked at the loopback one', async ({ sandbox }) => {
  const command = serverCommand('takes-port-from-environment', '');
  const args = ['run', '--json', ...QUICK, '--host', '0.0.0.0', '--command', command, '--out', sandbox.out];
  const { code, stderr } = await sandbox.bench(args);
  expect([0, 4], stderr).toContain(code);
  expect(sandbox.record().cells.map(({ counts }) => counts.succeeded)).toEqual([50, 50]);
});
