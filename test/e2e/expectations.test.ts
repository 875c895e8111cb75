import { appendFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { accountedFor } from '../support/bench-run.js';
import { sandboxTest as test } from '../support/sandbox-test.js';
import { expectError, QUICK, scenarioFile, type Outcome, type Sandbox } from '../support/sandbox.js';

/** Loads the server that answers `{}` with this `expect:` in its scenario. */
function run(sandbox: Sandbox, expectation: string): Promise<Outcome> {
  const file = scenarioFile(sandbox, 'healthy');
  appendFileSync(file, `expect:\n${expectation}\n`);
  return sandbox.bench(['run', '--json', ...QUICK, '--scenario', file, '--out', sandbox.out]);
}

describe.concurrent('what a scenario expects of answers', () => {
  test('decides which of them succeed, and says why not', async ({ sandbox }) => {
    const { code } = await run(
      sandbox,
      "  '*': { bytes: { min: 2, max: 2 } }\n  GET /second: { json: { /id: 1 } }",
    );
    // A target that fails checks is a result; 4 is a machine too busy to measure, 1 one too busy for the first cell.
    expect([0, 1, 4]).toContain(code);
    const [first, second] = sandbox.record().cells;
    expect(first).toMatchObject({ counts: { succeeded: 50, failed: 0 }, failures: {} });
    expect(second).toMatchObject({
      counts: { planned: 50, completed: 50, succeeded: 0, failed: 50 },
      failures: { 'check-json': 50 },
      statusCodes: { 200: 50 },
      successRate: 0,
      expect: { json: { '/id': 1 }, bytes: { min: 2, max: 2 } },
    });
    expect(accountedFor(second!)).toBe(50);
    expect(second?.latencyMs.response.censored).toBe(0);
    expect(second?.verdict.reasons.map(({ message }) => message).join()).toContain('check-json × 50');
  });

  test('must be of operations that there are', async ({ sandbox }) => {
    expectError(await run(sandbox, '  third: { status: [404] }'), 2, /expects something of third/);
  });
});
