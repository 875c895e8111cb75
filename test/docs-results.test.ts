import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { test } from './support/folder.js';
import { failedAnswer } from './support/cells.js';
import { requireProgram, type ProgramName } from './support/optional-programs.js';
import { constantRate, endpoint, simulatedRun, storeRun } from './support/simulated-runs.js';

const LINES = [...readFileSync('docs/results.md', 'utf8').matchAll(/^```sh\n(.+)\n```$/gm)].map(
  ([, line = '']) => line,
);
const simulated = simulatedRun({
  endpoints: [endpoint('get_item'), endpoint('slow', { serviceMs: 200, atOnce: 2 })],
  loads: [constantRate(100, 4000)],
});
const [first, ...others] = simulated.run.cells;
const failed = { ...first!, failedAnswers: [failedAnswer()] };
const run = { ...simulated, run: { ...simulated.run, cells: [failed, ...others] } };

/** What each line must find in that run, in the order of the document. */
const EXPECTED: readonly RegExp[] = [
  /^get_item_100\t(VALID|SUSPECT)$/m,
  /^slow_100\t≥?\d+(\.\d+)? ms$/m,
  /^slow_100: .+/m,
  /^slow_100: \d.* of 100\/s$/m,
  /^get_item_100\t\d+(\.\d+)?\t80(\.\d+)?\t0\.5/m,
  /^\{.*\}/s,
  /^get_item_100\tget_item\t500\tno connection left$/m,
  /^(true|false)$/m,
  /^0,\d+,\d+(\.\d+)?,\d+(\.\d+)?$/m,
  /achievedRps +latencyMs\.response\.p99\s+id\s+get_item_100 +\d+\.\d+/,
  /count +\d+\.0/,
];

describe('the lines of docs/results.md', () => {
  test('are eleven', () => {
    expect(LINES).toHaveLength(EXPECTED.length);
  });

  test.for(LINES.map((line, at) => [line, EXPECTED[at]] as const))(
    '%s',
    async ([line, expected], { folder: parent, skip }) => {
      const [word = ''] = line.split(' ');
      const needed: ProgramName = word === 'jq' ? 'jq' : 'python3 with pandas';
      const program = requireProgram(needed, skip);
      const folder = await storeRun(parent, run);
      const output = execFileSync('sh', ['-c', line.replace(word, program)], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(output).toMatch(expected as RegExp);
    },
  );
});
