import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { makeCpuGroup } from '../support/cpu-group.js';
import { serverCommand } from '../support/sandbox.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

const LOAD = ['--duration', '2s', '--warmup', '0s', '--port', 'auto', '--include', 'first'];

describe('a CPU quota', () => {
  test('of the target that is used up is the reason, and not its code', async ({ sandbox, skip }) => {
    const group = makeCpuGroup(0.1, skip);
    try {
      // Its children want half a core; a tenth is enough to get ready.
      const [sh, c, script, name] = group.words;
      const command = `${sh} ${c} '${script}' ${name} ${serverCommand('burns-in-children')}`;
      const load = [...LOAD, '--rates', '50', '--command', command];
      const { stderr } = await sandbox.bench(['run', ...load, '--out', sandbox.out]);

      const { cells } = sandbox.record();
      expect(cells, stderr).toHaveLength(1);
      const { cpuQuota, verdict } = cells[0]!;
      expect(cpuQuota).toMatchObject({ target: { cores: 0.1, periodMs: 100 }, isShared: false });
      expect(cpuQuota?.target?.throttledPeriods).toBeGreaterThanOrEqual(5);
      expect(verdict.reasons.map(({ id }) => id)).toContain('target-throttled');
    } finally {
      await group.remove();
    }
  });

  test('of bench is told before the run, and makes a verdict where it is used up', async ({
    sandbox,
    skip,
  }) => {
    const group = makeCpuGroup(1.2, skip);
    try {
      const place = ['--command', serverCommand('healthy'), '--out', sandbox.out];
      const load = [...LOAD, '--rates', '50,51', '--pacing', 'precise'];
      const bench = sandbox.startThrough(group.words, ['run', ...load, ...place]);
      // Starting and warming are over; the second cell spins.
      await bench.untilSays(/\[1\/2\]/);
      group.setCores(0.2);
      await sleep(3000);
      group.setCores(2);
      const { stderr } = await bench.ended;

      const { cells, environment } = sandbox.record();
      expect(stderr).toContain(
        'bench runs under a CPU quota (cgroup) of 1.2 cores, and --pacing precise spins',
      );
      expect(environment.cpuQuotaCores).toBe(1.2);
      expect(cells[1]?.cpuQuota).toMatchObject({ isShared: true, generator: { periodMs: 100 } });
      expect(cells[1]?.verdict.reasons.map(({ id }) => id)).toContain('generator-throttled');
    } finally {
      await group.remove();
    }
  });
});
