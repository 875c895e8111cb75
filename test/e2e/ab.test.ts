import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect } from 'vitest';
import { comparisonSchema } from '../../src/model/results/comparison.js';
import { runRecordSchema, type RunRecord } from '../../src/model/results/run-record.js';
import { gitRepository } from '../support/git-repository.js';
import { expectError, QUICK, serverCommand, type Sandbox } from '../support/sandbox.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

const TWO_SPEEDS = (words: string): string => serverCommand('two-speeds', `--port {port} ${words}`);

function recordOf({ out }: Sandbox, run: string): RunRecord {
  return runRecordSchema.parse(JSON.parse(readFileSync(join(out, run, 'results.json'), 'utf8')));
}

function runsIn({ out }: Sandbox): string[] {
  return readdirSync(out, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** A repository in the sandbox whose server answers after so many milliseconds, revision by revision. */
function shop({ folder }: Sandbox, ...delaysMs: number[]): string[] {
  const { commit } = gitRepository(folder);
  const lib = readFileSync(resolve('test/fixtures/servers/lib/serve.js'), 'utf8');
  return delaysMs.map((delayMs) =>
    commit({
      '.gitignore': 'out\ntmp\ncache\n',
      'package.json': '{ "type": "module" }',
      'lib/serve.js': lib,
      'server.js': `import { serve } from './lib/serve.js';\nserve((path, answer) => setTimeout(() => answer.end('{}'), ${delayMs}));\n`,
    }),
  );
}

function worktreesOf({ folder }: Sandbox): string[] {
  const list = execFileSync('git', ['-C', folder, 'worktree', 'list'], { encoding: 'utf8' });
  return list.trim().split('\n');
}

const START = ['--command', `${process.execPath} server.js --port {port}`];

describe.concurrent('bench ab', () => {
  test('measures two commands in turns, with the same requests for both of a pair, and compares them', async ({
    sandbox,
  }) => {
    const sides = [
      '--base-command',
      TWO_SPEEDS('--first 20'),
      '--candidate-command',
      TWO_SPEEDS('--first 30'),
    ];
    const flags = [
      '--repeats',
      '2',
      '--arrivals',
      'poisson',
      '--json',
      '--out',
      sandbox.out,
      '--format',
      'md',
    ];
    const { code, stdout, stderr } = await sandbox.bench(['ab', ...QUICK, ...sides, ...flags]);
    expect(stderr).toMatch(/2 cells to compare, 2 runs of each side: about \d+s/);
    expect(stderr).toMatch(/\[4\/4\] [ab]-2, (base|candidate): measured/);
    expect(code).not.toBe(3);
    const comparison = comparisonSchema.parse(JSON.parse(stdout));
    expect(comparison.base.runs.map(({ name }) => name)).toEqual(['a-1', 'a-2']);
    expect(comparison.cells).toHaveLength(2);
    expect(existsSync(join(sandbox.out, 'compare.html'))).toBe(true);
    expect(existsSync(join(sandbox.out, 'compare.md'))).toBe(true);

    const records = ['a-1', 'b-1', 'b-2', 'a-2'].map((run) => recordOf(sandbox, run));
    const [a1, b1, b2, a2] = records as [RunRecord, RunRecord, RunRecord, RunRecord];
    expect(records.map(({ pair }) => [pair?.index, pair?.side])).toEqual([
      [1, 'base'],
      [1, 'candidate'],
      [2, 'candidate'],
      [2, 'base'],
    ]);
    expect(new Set(records.map(({ pair }) => pair?.id)).size).toBe(1);
    // The arrivals of a pair are the same, those of the next one are others.
    const loadsOf = ({ cells }: RunRecord): unknown => cells.map(({ load, subject }) => [subject.id, load]);
    expect(loadsOf(a1)).toEqual(loadsOf(b1));
    expect(loadsOf(a2)).toEqual(loadsOf(b2));
    expect(a1.config['seed']).not.toBe(a2.config['seed']);
    const inOrder = [...records].sort((one, other) => one.startedAt.localeCompare(other.startedAt));
    expect(inOrder[1]?.pair?.side).toBe(inOrder[2]?.pair?.side);
    // What the record says to repeat it is a run of that side alone.
    expect(b1.command).toEqual(
      expect.arrayContaining(['run', '--command', expect.stringContaining('--first 30')]),
    );
    expect(b1.command.join(' ')).not.toMatch(/candidate|repeats/);
  });

  test('goes on after an interrupt with what is missing', async ({ sandbox }) => {
    const sides = ['--command', TWO_SPEEDS(''), '--candidate-command', TWO_SPEEDS('--second 30')];
    const flags = ['--repeats', '2', '--no-html', '--out', sandbox.out];
    const bench = sandbox.start(['ab', ...QUICK, ...sides, ...flags]);
    await bench.untilSays(/\[2\/4\]/);
    await bench.until(() => runsIn(sandbox).length === 3);
    bench.signalGroup('SIGINT');
    const { code, stderr } = await bench.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/finished runs are kept/);
    const [, words = ''] =
      /^Go on with what is missing: node .*bench\.js (ab --resume \S+)$/m.exec(stderr) ?? [];
    const before = [recordOf(sandbox, 'a-1'), recordOf(sandbox, 'b-1')];

    const resumed = await sandbox.bench([...words.split(' '), '--json']);
    expect(resumed.stderr).toMatch(/\[4\/4\]/);
    expect(resumed.stderr).not.toMatch(/\[2\/4\]/);
    expect([recordOf(sandbox, 'a-1'), recordOf(sandbox, 'b-1')]).toEqual(before);
    expect(runsIn(sandbox).filter((name) => name !== 'set-aside')).toEqual(['a-1', 'a-2', 'b-1', 'b-2']);
    expect(comparisonSchema.parse(JSON.parse(resumed.stdout)).candidate.runs).toHaveLength(2);
    // All is there: only the comparison is left to do.
    const again = await sandbox.bench([...words.split(' '), '--quiet']);
    expect(again).toMatchObject({ code: resumed.code, stderr: '' });
  });

  test('measures two revisions, each with what it prepares, and leaves no worktree', async ({ sandbox }) => {
    const [base, candidate] = shop(sandbox, 10, 20);
    writeFileSync(join(sandbox.folder, 'server.js'), 'a change that nobody measures');
    const prepare = [
      '--prepare',
      'cp server.js built.js',
      '--command',
      `${process.execPath} built.js --port {port}`,
    ];
    const flags = [...prepare, '--repeats', '1', '--no-html', '--json', '--out', sandbox.out];
    const { code, stdout, stderr } = await sandbox.bench([
      'ab',
      ...QUICK,
      '--base',
      'HEAD~1',
      '--candidate',
      'main',
      ...flags,
    ]);
    expect(stderr).not.toMatch(/error/i);
    expect(code).not.toBe(3);
    const comparison = comparisonSchema.parse(JSON.parse(stdout));
    expect(comparison.base.gitCommit).toBe(base);
    expect(comparison.candidate.gitCommit).toBe(candidate);
    const p50Of = (run: string): number => recordOf(sandbox, run).cells[0]?.latencyMs.response.p50 ?? 0;
    expect(p50Of('a-1')).toBeGreaterThanOrEqual(10);
    expect(p50Of('b-1')).toBeGreaterThanOrEqual(20);
    expect(worktreesOf(sandbox)).toHaveLength(1);
    expect(existsSync(join(sandbox.folder, 'built.js'))).toBe(false);
  });

  test('says which command of which revision failed, with its last lines, before any load', async ({
    sandbox,
  }) => {
    shop(sandbox, 10);
    const failing = `sh -c 'echo building; echo "missing semicolon" >&2; exit 4'`;
    const built = await sandbox.bench([
      'ab',
      ...QUICK,
      ...START,
      '--base',
      'HEAD',
      '--prepare',
      failing,
      '--out',
      sandbox.out,
    ]);
    expectError(
      built,
      3,
      /Preparing the base \(HEAD, [0-9a-f]{10}\) failed at: sh -c/,
      /│ missing semicolon/,
      /exited with code 4/,
    );
    const unknown = await sandbox.bench([
      'ab',
      ...QUICK,
      ...START,
      '--base',
      'release',
      '--out',
      sandbox.out,
    ]);
    expectError(unknown, 2, /There is no revision release in /, /git fetch origin main/);
    // A server that does not start is found before the first run, too.
    gitRepository(sandbox.folder).commit({ 'server.js': 'throw new Error("broken at start")' });
    const broken = await sandbox.bench([
      'ab',
      ...QUICK,
      ...START,
      '--base',
      'HEAD~1',
      '--candidate',
      'HEAD',
      '--out',
      sandbox.out,
    ]);
    expectError(broken, 3, /The candidate: /, /broken at start/);
    expect(existsSync(sandbox.out)).toBe(false);
    expect(worktreesOf(sandbox)).toHaveLength(1);
  });

  test('leaves no worktree when it is killed or interrupted, whatever it is at', async ({ sandbox }) => {
    shop(sandbox, 10);
    const words = ['ab', ...QUICK, '--duration', '20s', ...START, '--base', 'HEAD', '--out', sandbox.out];
    for (const name of ['SIGKILL', 'SIGINT'] as const) {
      const out = join(sandbox.out, name);
      const measuring = sandbox.start([...words, '--out', out]);
      await measuring.until(
        () => existsSync(join(out, 'a-1', 'server.log')) || existsSync(join(out, 'b-1', 'server.log')),
      );
      const building = sandbox.start([...words, '--prepare', `sleep 60`]);
      await building.until(() => sandbox.processes().some(({ command }) => command === 'sleep 60'));
      for (const bench of [measuring, building]) bench.signalGroup(name);
      await Promise.all([measuring.ended, building.ended]);
      await expect.poll(() => worktreesOf(sandbox).length, { timeout: 15_000 }).toBe(1);
      await expect.poll(() => readdirSync(join(sandbox.folder, 'tmp')), { timeout: 15_000 }).toEqual([]);
    }
    await sandbox.close(15_000);
  });

  test('prints what it would do, and does nothing', async ({ sandbox }) => {
    const sides = ['--command', TWO_SPEEDS(''), '--candidate-command', TWO_SPEEDS('--second 30')];
    const { code, stdout, stderr } = await sandbox.bench(['ab', ...QUICK, ...sides, '--dry-run']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/2 cells to compare, 5 runs of each side: about \d+(m \d+)?s/);
    expect(stdout).toMatch(/Nothing was measured/);
    expect(existsSync(join(sandbox.folder, '.tmp'))).toBe(false);
  });

  test('refuses sides that are the same, and such as have nothing in common', async ({ sandbox }) => {
    const same = await sandbox.bench(['ab', ...QUICK, '--command', TWO_SPEEDS('')]);
    expectError(same, 2, /base and candidate would be the same/);
    const sides = ['--base-command', TWO_SPEEDS(''), '--candidate-command', serverCommand('shop')];
    const strange = await sandbox.bench(['ab', ...QUICK, ...sides]);
    expectError(strange, 2, /No cell would be the same on both sides/);
    const nothing = await sandbox.bench(['ab', '--resume', 'nowhere']);
    expectError(nothing, 2, /nowhere cannot be resumed: there is no ab\.json in it/);
  });
});
