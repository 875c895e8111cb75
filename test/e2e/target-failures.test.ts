import { createServer, type Server } from 'node:net';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect } from 'vitest';
import { sandboxTest as test } from '../support/sandbox-test.js';
import type { Sandbox } from '../support/sandbox.js';
import { expectError, QUICK, scenarioFile, serverCommand, type Outcome } from '../support/sandbox.js';

function runScenario(sandbox: Sandbox, server: string, ready: string): Promise<Outcome> {
  const file = scenarioFile(sandbox, server, { ready });
  return sandbox.bench(['run', '--json', ...QUICK, '--scenario', file, '--out', sandbox.out]);
}

describe.concurrent('a target that does not come up ends the run with code 3', () => {
  test('one that exits at once, with its last output', async ({ sandbox }) => {
    const outcome = await sandbox.run('exits-at-once', '--json');
    expectError(outcome, 3, /exited with code 3 before it was ready/, /the settings file is missing/);
    expect(sandbox.record()).toMatchObject({ status: 'failed', cells: [] });
    expect(sandbox.text('server.log')).toMatch(/the settings file is missing/);
  });

  test('one that is never ready, with its answer and its last output', async ({ sandbox }) => {
    const outcome = await runScenario(sandbox, 'never-ready', '{ timeout: 1s }');
    expectError(
      outcome,
      3,
      /not ready after 1\s?s/,
      /GET \/openapi\.json/,
      /503/,
      /waiting for the database/,
    );
  });

  test('a program that does not exist', async ({ sandbox }) => {
    const args = [
      'run',
      '--json',
      ...QUICK,
      '--command',
      'no-such-program --port {port}',
      '--out',
      sandbox.out,
    ];
    expectError(await sandbox.bench(args), 3, /no program no-such-program/, /PATH/);
  });

  test('a built environment without the program that makes it: no Python', async ({ sandbox }) => {
    const path = join(sandbox.folder, 'bin');
    mkdirSync(path);
    symlinkSync(process.execPath, join(path, 'node'));
    const args = ['run', '--json', ...QUICK, '--scenario', 'fastapi-sqlite', '--out', sandbox.out];
    const outcome = await sandbox.bench(args, { PATH: path, XDG_CACHE_HOME: sandbox.folder });
    expectError(outcome, 3, /Preparing the scenario failed/, /Python 3\.10 or later/, /install/);
  });

  test('a slow one is waited for', async ({ sandbox }) => {
    const outcome = await sandbox.bench([
      ...['list', '--json', '--port', 'auto', '--command', serverCommand('slow-start')],
    ]);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
  });
});

describe.concurrent('a document that cannot be used ends the run with code 3', () => {
  test('one that is not there', async ({ sandbox }) => {
    expectError(
      await runScenario(sandbox, 'ready-but-spec-404', '{ path: /health }'),
      3,
      /none of \d+ usual places/,
      /--spec/,
    );
  });

  test.for([
    ['spec-html', /HTML/],
    ['spec-broken-json', /not valid JSON/],
    ['spec-no-paths', /no paths/],
  ] as const)('%s', async ([server, words], { sandbox }) => {
    expectError(await sandbox.run(server, '--json'), 3, words, /openapi\.json/, /--spec/);
  });
});

describe('a port that is taken', () => {
  let owner: Server;
  afterEach(() => new Promise((resolve) => owner.close(resolve)));

  test('was asked for: says by whom', async ({ sandbox }) => {
    owner = await listen(0);
    const address = owner.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const outcome = await sandbox.run('healthy', '--json', '--port', String(port));
    expectError(
      outcome,
      3,
      new RegExp(`Port ${port}`),
      new RegExp(`process ${process.pid}\\b`),
      /--port auto/,
    );
  });

  test('was not asked for: takes a free one and says so', async ({ sandbox }) => {
    owner = await listen(8000);
    const args = ['list', '--json', '--command', serverCommand('healthy')];
    const { code, stderr, stdout } = await sandbox.bench(args);
    expect(stderr).toMatch(/Port 8000 is taken by .*: using \d+\.\n$/);
    const { operations } = JSON.parse(stdout) as { operations: unknown[] };
    expect({ code, operations: operations.length }).toEqual({ code: 0, operations: 2 });
  });
});

/**
 * A server on a port. Another test's target may have the port now and leave it a moment later, so the server waits for it; a
 * program that keeps it for as long as that keeps it through the test as well.
 */
async function listen(port: number): Promise<Server> {
  const server = createServer();
  const endMs = Date.now() + 20_000;
  while (!(await binds(server, port)) && Date.now() < endMs) await sleep(20);
  return server;
}

function binds(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const refused = () => resolve(false);
    server.once('error', refused);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', refused);
      resolve(true);
    });
  });
}
