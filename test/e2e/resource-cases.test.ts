import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, type TestContext } from 'vitest';
import { makeCpuGroup } from '../support/cpu-group.js';
import { QUICK, scenarioFile, type Sandbox } from '../support/sandbox.js';
import { sandboxTest as test } from '../support/sandbox-test.js';

/** Where no control group can be written, cases of parts of a core are refused. */
async function requireGroups(skip: TestContext['skip']): Promise<void> {
  await makeCpuGroup(1, skip).remove();
}

/** Groups of bench that are there now, whoever made them. */
function groupsOfBench(): string[] {
  return readdirSync('/sys/fs/cgroup', { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.split('/').at(-1)?.startsWith('openapi-bench-'),
  );
}

const run = (sandbox: Sandbox, file: string, ...words: string[]) =>
  sandbox.bench(['run', '--scenario', file, ...QUICK, '--include', 'first', '--out', sandbox.out, ...words]);

describe.concurrent('resource cases', () => {
  test('hold every process of the target from its start, one after another, and leave nothing', async ({
    sandbox,
    skip,
  }) => {
    await requireGroups(skip);
    const cases = 'cases: [{ cpu: 1 }, { name: half, cpu: 0.5, memory: 256MiB }]';
    const { stdout, stderr } = await run(sandbox, scenarioFile(sandbox, 'tells-its-groups', { keys: cases }));

    const { cells } = sandbox.record();
    expect(
      cells.map(({ id, case: limits, cpuQuota }) => [id, limits?.name, cpuQuota?.target?.cores]),
      stderr,
    ).toEqual([
      ['first_c1_50', 'cpu 1', 1],
      ['first_c0.5-256MiB_50', 'half', 0.5],
    ]);
    expect(stdout).toMatch(/Resource cases of GET \/first · 50 requests\/s · 1 worker/);
    const log = readFileSync(join(sandbox.out, 'server.log'), 'utf8');
    const told = log.match(/^(own groups|groups of a child) .*$/gm) ?? [];
    expect(told).toHaveLength(4);
    for (const line of told) expect(line).toMatch(/\/openapi-bench-\d+-\d+-\d+/);
    const own = /openapi-bench-\d+-\d+/.exec(log)?.[0] ?? 'none';
    expect(groupsOfBench().filter((path) => path.includes(own))).toEqual([]);
  });

  test('are what is used and no more, which is no fault of the target', async ({ sandbox, skip }) => {
    await requireGroups(skip);
    // Its children want half a core.
    const file = scenarioFile(sandbox, 'burns-in-children', { keys: 'cases: [{ cpu: 0.2 }]' });
    const { stderr } = await run(sandbox, file, '--duration', '3s');

    const [cell] = sandbox.record().cells;
    expect(cell?.gauges['target.cpu']?.mean, stderr).toBeLessThan(1.2 * 20);
    expect(cell?.cpuQuota?.target?.throttledPeriods).toBeGreaterThan(0);
    expect(cell?.verdict.reasons.map(({ id }) => id)).not.toContain('target-throttled');
  });

  test('too small for the target are named as what killed it', async ({ sandbox, skip }) => {
    await requireGroups(skip);
    const file = scenarioFile(sandbox, 'healthy', { keys: 'cases: [{ memory: 4MiB }]' });
    const { code, stderr } = await run(sandbox, file);
    expect(stderr).toContain('The target was killed for memory (limit 4 MiB) before it was ready.');
    expect(stderr).toContain('give the case more memory');
    expect(code).toBe(3);
  });
});
