import { describe, expect, test } from 'vitest';
import { judgeAgain } from '../../src/analyze/judge-again.js';
import type { Verdict } from '../../src/model/results/verdict.js';
import { cell } from '../support/cells.js';
import { runRecord } from '../support/runs.js';

const run = runRecord({ config: { target: { kind: 'command' }, timeoutMs: 10_000 } });
const suspect = (...ids: string[]): Verdict => ({
  state: 'SUSPECT',
  reasons: ids.map((id) => ({ id, message: 'as it was told then' })),
});

describe('a stored cell', () => {
  test('that is judged as before is shown in the words of today, and nothing is said', () => {
    const stored = cell({
      counts: { planned: 300 },
      generator: { released: 300 },
      verdict: suspect('few-samples'),
    });
    const { cells, remarks } = judgeAgain([stored], run);
    expect(cells[0]?.verdict.reasons.map(({ message }) => message)).toEqual([
      '300 requests are too few for a p99 (368 are needed)',
    ]);
    expect(remarks).toEqual([]);
    expect(stored.verdict).toEqual(suspect('few-samples'));
  });

  test('that was judged otherwise is named, with both verdicts and the version that measured it', () => {
    const stored = [
      cell({ id: 'a', verdict: suspect('few-samples') }),
      cell({ id: 'b', generator: { released: 10 } }),
    ];
    const { cells, remarks } = judgeAgain(stored, run);
    expect(cells.map(({ verdict }) => verdict.state)).toEqual(['VALID', 'INVALID']);
    expect(remarks).toEqual([
      '2 cells were judged otherwise by openapi-bench 0.1.0, which measured them: ' +
        'a (SUSPECT few-samples; now VALID), b (VALID; now INVALID requests-not-released).',
    ]);
  });

  test('with a reason that no rule gives any more does not keep it', () => {
    const { cells, remarks } = judgeAgain(
      [cell({ verdict: suspect('moon-phase', 'old-rule', 'old-rule') })],
      run,
    );
    expect(cells[0]?.verdict).toEqual({ state: 'VALID', reasons: [] });
    expect(remarks).toEqual([
      '1 cell was judged otherwise by openapi-bench 0.1.0, which measured it: ' +
        'get_item_1000 (SUSPECT moon-phase, old-rule; now VALID). ' +
        'moon-phase, old-rule are no longer rules and do not count.',
    ]);
  });

  test('among many is counted', () => {
    const stored = Array.from({ length: 7 }, (_, at) =>
      cell({ id: `c${at}`, verdict: suspect('few-samples') }),
    );
    expect(judgeAgain(stored, run).remarks[0]).toMatch(
      /^7 cells .*, c4 \(SUSPECT few-samples; now VALID\) and 2 others\.$/,
    );
  });

  test.each([
    ['without results.json', null],
    ['with a configuration that does not say enough', runRecord({ config: { timeoutMs: 1000 } })],
  ])('%s keeps its verdict, and that is said', (_, known) => {
    const stored = [cell({ verdict: suspect('old-rule') })];
    const { cells, remarks } = judgeAgain(stored, known);
    expect(cells).toEqual(stored);
    expect(remarks).toEqual([expect.stringContaining('cannot be judged anew')]);
    expect(judgeAgain([], known).remarks).toEqual([]);
  });
});
