import { expect } from 'vitest';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { expectError, QUICK, serverCommand } from '../support/sandbox.js';
import { fixtureServer } from '../support/fixture-server.js';

test.concurrent(
  'a target that dies in a cell is restarted, the cell is kept and marked, the code is 3',
  async ({ sandbox }) => {
    const { code, stderr, stdout } = await sandbox.run('dies-mid-cell', '--json');
    const record = sandbox.record();
    expect(record.status).toBe('complete');
    const [first, second] = record.cells;
    expect(first?.id).toBe('first_50');
    const reason = first?.verdict.reasons.find(({ id }) => id === 'target-died');
    expect(reason?.message).toMatch(/exited with code 1.*dies-mid-cell: out of memory/);
    expect(reason?.remedy).toContain('the end of server.log in the results directory says why');
    expect(first?.counts.succeeded).toBeGreaterThan(0);
    expect(second).toMatchObject({ id: 'second_50', counts: { planned: 50, succeeded: 50 } });
    expect(record.targetEvents.map(({ kind }) => kind)).toEqual(['started', 'died', 'started', 'restarted']);
    expect(stderr).toMatch(/the target exited with code 1/);
    expect(JSON.parse(stdout)).toEqual(record);
    expect(code).toBe(3);
  },
);

test.concurrent(
  'a target that dies in two cells running ends the run, with what was measured',
  async ({ sandbox }) => {
    const outcome = await sandbox.run('dies-always', '--json', '--rates', '50', '60');
    expectError(outcome, 3, /died in two cells running/, /segmentation fault, as always/, /server\.log/);
    const record = sandbox.record();
    expect(record.cells.map(({ id }) => id)).toEqual(['first_50', 'second_50']);
    expect(record).toMatchObject({ status: 'failed', failure: expect.stringContaining('two cells running') });
  },
);

test.concurrent('a target that was found running and dies is not restarted: code 3', async ({ sandbox }) => {
  const server = await fixtureServer('dies-mid-cell');
  try {
    const args = ['--url', server.url, '--rates', '50', '--duration', '1s', '--warmup', '0s'];
    const outcome = await sandbox.bench(['run', '--json', ...args, '--out', sandbox.out]);
    expectError(outcome, 3, /target is gone/, /Start it again/);
    expect(sandbox.record().cells.map(({ id }) => id)).toEqual(['first_50']);
  } finally {
    server.stop();
  }
});

test.concurrent(
  'a supervisor that is killed takes its target with it, which is restarted',
  async ({ sandbox }) => {
    const args = ['--rates', '50', '--duration', '1500ms', '--warmup', '0s', '--port', 'auto'];
    const bench = sandbox.start([
      'run',
      ...args,
      '--command',
      serverCommand('healthy'),
      '--out',
      sandbox.out,
    ]);
    await bench.untilSays(/cells to measure/);
    const supervisor = sandbox.processes().find(({ command }) => command.includes('supervise-target'));
    process.kill(supervisor!.pid, 'SIGKILL');
    const { code } = await bench.ended;
    const { cells, targetEvents } = sandbox.record();
    expect(cells[0]?.verdict.reasons.map(({ message }) => message).join()).toMatch(/lost its supervisor/);
    expect(cells).toHaveLength(2);
    expect(targetEvents.map(({ kind }) => kind)).toContain('restarted');
    expect(code).toBe(3);
  },
);

test.concurrent('a server that was found running is left alone', async ({ sandbox }) => {
  const server = await fixtureServer('healthy');
  try {
    const args = [
      'run',
      ...QUICK.slice(0, 6),
      '--include',
      'first',
      '--url',
      server.url,
      '--out',
      sandbox.out,
    ];
    expect([0, 4]).toContain((await sandbox.bench(args)).code);
    expect(sandbox.record().cells[0]?.gauges['target.processes']?.max).toBe(1);
    expect((await fetch(`${server.url}/first`)).status).toBe(200);
  } finally {
    server.stop();
  }
});
