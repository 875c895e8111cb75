import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { expectError, type Outcome } from '../support/sandbox.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

const FORMATS = ['md', 'csv', 'locust', 'junit', 'hgrm', 'openmetrics', 'github'];
const FILES = [
  ...['report.md', 'cells.csv', 'locust_stats.csv', 'locust_stats_history.csv', 'locust_failures.csv'],
  'processes.csv',
  ...['junit.xml', 'first_50.hgrm', 'second_50.hgrm', 'metrics.prom', 'github-summary.md'],
];

describe('--format', () => {
  test('writes all formats after a run, and the same bytes later', async ({ sandbox }) => {
    const args = ['--no-html', '--format', ...FORMATS];
    const ran = await sandbox.run('healthy', ...args);
    const read = (): Record<string, string> =>
      Object.fromEntries(FILES.map((name) => [name, sandbox.text(name)]));
    const first = read();
    for (const name of FILES.filter((file) => !file.endsWith('.csv')))
      expect(ran.stderr).toContain(`Written: ${join(sandbox.out, name)}\n`);
    expect(ran.stderr).toContain(`Written: ${join(sandbox.out, '*.csv')} (5 files)\n`);
    const others = readdirSync(sandbox.out).filter((name) => !FILES.includes(name));
    expect(others.toSorted()).toEqual([
      ...['first_50.json', 'first_50_cpu.json', 'results.json'],
      ...['second_50.json', 'second_50_cpu.json', 'server.log'],
    ]);
    const plotted = await sandbox.bench(['plot', sandbox.out, ...args]);
    expect(plotted.code).toBe(0);
    expect(plotted.stderr).not.toMatch(/damaged|missing/);
    expect(read()).toEqual(first);
  });

  test('of an unknown name is refused before anything is measured, with the nearest one', async ({
    sandbox,
  }) => {
    const outcome = await sandbox.run('healthy', '--format', 'junti');
    expectError(outcome, 2, /--format: expected md, csv, .*did you mean junit\?.*came "junti"/);
    expectError(await sandbox.bench(['plot', sandbox.folder, '--format', 'cvs']), 2, /did you mean csv\?/);
    expect(readdirSync(sandbox.folder)).not.toContain('out');
  });
});

test('a stored run is written again: beside it, for GitHub, and what is left of it', async ({ sandbox }) => {
  const quiet = await sandbox.run('healthy', '--quiet', '--include', 'first');
  expect(quiet.stderr).toBe('');
  expect(quiet.stdout).toMatch(/^first .* 50/m);
  const before = sandbox.text('results.json');
  const plot = (words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
    sandbox.bench(['plot', sandbox.out, '--no-html', '--format', ...words], env);

  // What another step of the job has written stays.
  const summary = join(sandbox.folder, 'summary.md');
  writeFileSync(summary, 'of another step\n');
  const added = await plot(['github'], { GITHUB_STEP_SUMMARY: summary });
  expect(added.code).toBe(0);
  expect(added.stderr).toContain(`Written: ${summary}`);
  expect(readFileSync(summary, 'utf8')).toMatch(/^of another step\n\*\*The one cell is /);

  // A file that cannot be written costs no results.
  mkdirSync(join(sandbox.out, 'cells.csv'));
  const refused = [/cells\.csv could not be written: it is a folder\./, /The results themselves are whole/];
  expectError(await plot(['csv', '--quiet']), 3, ...refused);
  expect(sandbox.text('results.json')).toBe(before);
  expect(readdirSync(sandbox.out).filter((name) => name.endsWith('.part'))).toEqual([]);

  // Without results.json the rest is shown, and said.
  writeFileSync(join(sandbox.out, 'results.json'), '{"schemaVersion": 1, "tool"');
  const { code, stdout, stderr } = await plot(['junit', 'github']);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringContaining('results.json is damaged (it is not JSON)'),
  });
  expect(stdout).toMatch(/^first .* 50/m);
  expect(stdout).toMatch(/^::error title=bench%3A the run is damaged::results\.json is damaged/m);
  expect(sandbox.text('junit.xml')).toContain('<error type="run-damaged"');
});

describe('bench plot', () => {
  test.for([
    ['that is not there', () => undefined, /There is no results directory/],
    ['that is empty', (path: string) => mkdirSync(path), /holds no results: it has no results\.json/],
    ['that is a file', (path: string) => writeFileSync(path, 'x'), /is a file, no results directory/],
    [
      'of damage alone',
      (path: string) => damaged(path, '{'),
      /holds no results: its results\.json is damaged/,
    ],
    [
      'of a newer version',
      (path: string) => damaged(path, '{"schemaVersion":99}'),
      /a newer bench: schema version 99/,
    ],
  ] as const)('refuses a directory %s', async ([, make, words], { sandbox }) => {
    const path = join(sandbox.folder, 'results');
    make(path);
    expectError(await sandbox.bench(['plot', path]), 2, words);
  });

  test('without a directory says where it has looked', async ({ sandbox }) => {
    expectError(await sandbox.bench(['plot']), 2, /There is no run in .*\.tmp/);
  });
});

function damaged(path: string, content: string): void {
  mkdirSync(path);
  writeFileSync(join(path, 'results.json'), content);
}
