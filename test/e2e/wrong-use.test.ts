import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { expectError, QUICK, serverCommand } from '../support/sandbox.js';

describe.concurrent('words that bench does not know end with code 2 and the nearest right ones', () => {
  test('an option', async ({ sandbox }) => {
    expectError(await sandbox.bench(['run', '--ratess', '5']), 2, /--ratess/, /--rates\b/);
  });

  test('a command', async ({ sandbox }) => {
    expectError(await sandbox.bench(['rnu']), 2, /rnu/, /\brun\b/);
  });

  test('a scenario', async ({ sandbox }) => {
    expectError(await sandbox.bench(['run', '--scenario', 'node-sqlit']), 2, /node-sqlit\b/, /node-sqlite/);
  });
});

describe.concurrent('values that cannot be', () => {
  test('are all named in one message', async ({ sandbox }) => {
    const args = [
      '--rates',
      '0',
      '-5',
      'fast',
      '1e9',
      '--duration',
      '10',
      '--warmup',
      '-1s',
      '--timeout',
      'abc',
    ];
    const outcome = await sandbox.bench(['run', '--json', ...args, '--out', sandbox.out]);
    expectError(outcome, 2, /--rates.*"0"/, /--rates.*"-5"/, /--rates.*"fast"/, /--rates.*"1e9"/);
    expectError(outcome, 2, /--duration.*10s\?.*"10"/, /--warmup.*"-1s"/, /--timeout.*"abc"/);
  });

  test.for(['10', '-1s', 'abc'])('a duration of %s', async (text, { sandbox }) => {
    expectError(
      await sandbox.bench(['run', '--duration', text]),
      2,
      /--duration/,
      /10s/,
      new RegExp(`"${text}"`),
    );
  });
});

describe.concurrent('files and places', () => {
  test('a document that is not there', async ({ sandbox }) => {
    expectError(
      await sandbox.run('healthy', '--json', '--spec', './missing.json'),
      2,
      /missing\.json/,
      /no such file/,
    );
  });

  test('a results directory that holds something', async ({ sandbox }) => {
    mkdirSync(sandbox.out);
    writeFileSync(join(sandbox.out, 'mine.txt'), '');
    expectError(await sandbox.run('healthy'), 2, /not empty/, /--out/);
  });

  test('a results directory that is a file', async ({ sandbox }) => {
    writeFileSync(sandbox.out, '');
    expectError(await sandbox.run('healthy'), 2, /is a file/, /--out/);
  });

  test('a results directory below a file', async ({ sandbox }) => {
    writeFileSync(sandbox.out, '');
    const args = [
      'run',
      ...QUICK,
      '--command',
      serverCommand('healthy'),
      '--out',
      join(sandbox.out, 'below'),
    ];
    expectError(await sandbox.bench(args), 2, /file/, /--out/);
  });
});

test('a filter that matches nothing tells what there is', async ({ sandbox }) => {
  const outcome = await sandbox.run('healthy', '--json', '--filter', '/nowhere');
  expect(outcome.stderr).toMatch(/\/nowhere/);
  expect(outcome.stderr).toMatch(/GET \/first/);
  expect(outcome.code).toBe(2);
});

test('another machine gets no load unless it is named, and nothing is sent', async ({ sandbox }) => {
  const startedMs = performance.now();
  await sandbox.bench(['run', '--duration', 'abc']);
  const refusedMs = performance.now();
  const args = ['run', '--json', '--url', 'http://192.0.2.1', '--out', sandbox.out];
  expectError(await sandbox.bench(args), 2, /192\.0\.2\.1/, /--allow-remote 192\.0\.2\.1/);
  // An attempt to connect would last five seconds, its time limit: nobody answers there.
  expect(performance.now() - refusedMs - (refusedMs - startedMs)).toBeLessThan(4000);
});
