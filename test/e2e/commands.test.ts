import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { cellFileSchema, sampleFileSchema } from '../../src/model/results/run-record.js';
import { fixtureServer } from '../support/fixture-server.js';
import { QUICK, serverCommand } from '../support/sandbox.js';

const HEALTHY = ['--port', 'auto', '--command', serverCommand('healthy')];

describe.concurrent('bench run', () => {
  test('with --quiet and --json prints the record alone, which is what results.json holds', async ({
    sandbox,
  }) => {
    const { code, stdout, stderr } = await sandbox.bench([
      ...['run', '--json', '--quiet', '--rates', '400', '--duration', '1s', '--warmup', '200ms'],
      ...[...HEALTHY, '--out', sandbox.out],
    ]);
    const record = sandbox.record();
    expect(JSON.parse(stdout)).toEqual(JSON.parse(sandbox.text('results.json')));
    expect(record.cells.map(({ id }) => id)).toEqual(['first_400', 'second_400']);
    for (const { id, counts } of record.cells) {
      expect(counts).toMatchObject({ planned: 400, succeeded: 400 });
      cellFileSchema.parse(JSON.parse(sandbox.text(`${id}.json`)));
      sampleFileSchema.parse(JSON.parse(sandbox.text(`${id}_cpu.json`)));
    }
    // Two for each cell, the run, the server's output and the report.
    expect(readdirSync(sandbox.out)).toHaveLength(7);
    expect(stderr).not.toMatch(/Results|\[1\/2\]|to measure/);
    // A busy machine may disturb the generator, which the code then says.
    const isValid = record.cells.every(({ verdict }) => verdict.state !== 'INVALID');
    expect(code).toBe(isValid ? 0 : 4);
  });

  test('goes on to its end when the reader of its output leaves', async ({ sandbox }) => {
    const args = ['run', '--json', ...QUICK, ...HEALTHY, '--include', 'first', '--out', sandbox.out];
    const bench = sandbox.start(args);
    bench.closeStdout();
    const { code, stderr } = await bench.ended;
    expect(stderr).not.toMatch(/EPIPE/);
    expect(sandbox.record().status).toBe('complete');
    expect([0, 4]).toContain(code);
  });

  test('with --dry-run sends no load', async ({ sandbox }) => {
    const server = await fixtureServer('dies-mid-cell');
    try {
      // Its twentieth request for /first would be its last.
      const args = ['run', '--dry-run', '--url', server.url, '--rates', '1000', '--out', sandbox.out];
      const { code, stdout, stderr } = await sandbox.bench(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(
        /first 1000\/s\nsecond 1000\/s\n2 cells to measure, about .*; up to .*Nothing was sent/,
      );
      expect((await fetch(`${server.url}/first`)).status).toBe(200);
      expect(readdirSync(sandbox.folder)).not.toContain('out');
    } finally {
      server.stop();
    }
  });
});

test.concurrent(
  'bench list --json prints the operations and the problems of the document',
  async ({ sandbox }) => {
    const { code, stdout, stderr } = await sandbox.bench(['list', '--json', ...HEALTHY]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { operations, problems } = JSON.parse(stdout) as {
      operations: { id: string }[];
      problems: unknown[];
    };
    expect(operations.map(({ id }) => id)).toEqual(['first', 'second']);
    expect(problems).toEqual([]);
  },
);

test.concurrent(
  'bench list names what of a document it cannot use, below the operations',
  async ({ sandbox }) => {
    const spec = join(sandbox.folder, 'api.yaml');
    writeFileSync(spec, 'paths:\n  /a: { get: { operationId: one } }\n  /b: { get: 5 }\n');
    const { code, stdout } = await sandbox.bench(['list', '--spec', spec]);
    expect({ code, lines: stdout.trimEnd().split('\n') }).toEqual({
      code: 0,
      lines: [
        'GET  /a  one',
        '1 operation',
        '',
        '1 problem in the document, skipped:',
        '  GET /b: is no object but a number',
      ],
    });
  },
);

describe.concurrent('bench serve', () => {
  test.for([
    ['a server of the user', HEALTHY, '/first'],
    ['the embedded scenario with two workers', ['--port', 'auto', '--workers', '2'], '/api/db/async/read/7'],
  ] as const)('prints the URL of %s, which answers until Ctrl-C', async ([, args, path], { sandbox }) => {
    const bench = sandbox.start(['serve', ...args]);
    await bench.untilSays(/^http:.*\n/m);
    const url = /^http:\S+/m.exec(bench.stdout)![0];
    expect((await fetch(url + path)).status).toBe(200);
    bench.signalGroup('SIGINT');
    expect(await bench.ended).toMatchObject({ code: 130, stdout: `${url}\n` });
    await expect(fetch(url)).rejects.toThrow();
  });

  test('ends with 3 and the last output when its target dies', async ({ sandbox }) => {
    const args = ['serve', '--quiet', '--port', 'auto', '--command', serverCommand('dies-mid-cell')];
    const bench = sandbox.start(args);
    await bench.untilSays(/^http:.*\n/m);
    const url = /^http:\S+/m.exec(bench.stdout)![0];
    for (let request = 0; request < 20; request += 1) await fetch(`${url}/first`).catch(() => undefined);
    const { code, stderr } = await bench.ended;
    expect(code).toBe(3);
    expect(stderr).toMatch(/exited with code 1[\s\S]*out of memory/);
  });
});
