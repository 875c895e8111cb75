import { describe, expect, test } from 'vitest';
import {
  exitCodeOf,
  exitCodeOfComparison,
  exitCodeOfError,
  exitCodeOfObjectives,
} from '../../src/cli/exit-codes.js';
import { UserError } from '../../src/kernel/errors.js';
import { FAIL_ON, type ComparedCell, type Comparison } from '../../src/model/results/comparison.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import type { Outcome } from '../../src/model/results/outcome.js';
import type { RunRecord } from '../../src/model/results/run-record.js';
import { cell } from '../support/cells.js';
import { runRecord } from '../support/runs.js';

const wrongUse = new UserError('usage', 'no');
const runError = new UserError('run', 'no');
const valid = cell();
const suspect = cell({ verdict: { state: 'SUSPECT', reasons: [{ id: 'few-samples', message: '' }] } });
const invalid = cell({ verdict: { state: 'INVALID', reasons: [{ id: 'generator-lagged', message: '' }] } });
const died = cell({ verdict: { state: 'SUSPECT', reasons: [{ id: 'target-died', message: '' }] } });
const failing = cell({ counts: { succeeded: 0, failed: 10_000 }, successRate: 0, achievedRps: 0 });
const invalidAndFailing = { ...failing, verdict: invalid.verdict };

function codeOf(status: RunRecord['status'], cells: CellRecord[], error?: unknown): number {
  return exitCodeOf(runRecord({ status, cells }), error, false);
}

test.each<[string, number, Parameters<typeof codeOf>]>([
  ['a run of valid cells', 0, ['complete', [valid]]],
  ['a run without cells', 0, ['complete', []]],
  ['an overloaded target, which is a result', 0, ['complete', [suspect, failing]]],
  ['a run in which no request succeeded', 1, ['complete', [failing, failing]]],
  ['no success but in an invalid cell', 1, ['complete', [failing, invalid]]],
  ['a run of invalid cells alone', 4, ['complete', [invalidAndFailing, invalidAndFailing]]],
  ['an invalid cell among valid ones', 4, ['complete', [valid, invalid, valid]]],
  ['a target that died in a cell', 3, ['complete', [valid, died]]],
  ['a run that failed', 3, ['failed', [valid], runError]],
  ['a fault of ours', 3, ['failed', [], new TypeError('oops')]],
  ['wrong use that shows late', 2, ['failed', [], wrongUse]],
  ['an interrupt', 130, ['interrupted', [valid]]],
])('%s ends with %d', (_, code, run) => {
  expect(codeOf(...run)).toBe(code);
});

test('a database that died beside the target ends the run with 3, in a cell or between two', () => {
  const redis = { name: 'redis', from: 'private', version: '7.0', settings: {} } as const;
  const run = (deaths: string[]) =>
    exitCodeOf(runRecord({ cells: [valid], services: [{ ...redis, deaths }] }), undefined, false);
  expect(run([])).toBe(0);
  expect(run(['was killed by SIGKILL'])).toBe(3);
});

test('a cell that an objective has cut short ends with 1, unless its generator was the limit', () => {
  const closedEarly = { objective: 'p95 < 1ms', afterMs: 12_000, plannedMs: 60_000 };
  expect(codeOf('aborted', [{ ...valid, closedEarly }])).toBe(1);
  expect(codeOf('aborted', [{ ...invalid, closedEarly }])).toBe(4);
  expect(codeOf('aborted', [invalid, { ...valid, closedEarly }])).toBe(1);
});

describe('when several hold', () => {
  test('an interrupt outweighs everything', () => {
    expect(codeOf('interrupted', [died, invalid], wrongUse)).toBe(130);
  });

  test('wrong use outweighs a dead target, and a failed run outweighs invalid cells', () => {
    expect(codeOf('failed', [died, invalid], wrongUse)).toBe(2);
    expect(codeOf('failed', [invalid], runError)).toBe(3);
  });

  test('no success is outweighed by all but invalid cells', () => {
    expect(codeOf('complete', [failing, { ...failing, verdict: died.verdict }])).toBe(3);
    expect(codeOf('complete', [failing, invalid])).toBe(1);
    expect(codeOf('failed', [failing], runError)).toBe(3);
    expect(codeOf('interrupted', [failing])).toBe(130);
  });

  test('a dead target outweighs invalid cells, in either order', () => {
    expect(codeOf('complete', [invalid, died])).toBe(3);
    expect(codeOf('complete', [died, invalid])).toBe(3);
  });
});

test('an error before the run is wrong use only when the words were wrong', () => {
  expect(exitCodeOfError(wrongUse)).toBe(2);
  expect(exitCodeOfError(runError)).toBe(3);
  expect(exitCodeOfError(new Error('oops'))).toBe(3);
  expect(exitCodeOfError('oops')).toBe(3);
});

describe('objectives', () => {
  const codeWith = (states: Outcome['state'][], strict: boolean, cells = [valid]): number => {
    const outcomes = states.map((state): Outcome => ({
      ...{ cell: 'get_item_1000', operation: null, value: 1, isLowerBound: false, state, why: null },
    }));
    const text = 'p95 < 300ms';
    const objective = {
      ...{ text, scope: null, figure: 'p95', operator: '<', limit: 300, unit: 'ms', load: null },
    };
    const objectives = [{ ...objective, operator: '<' as const, outcomes }];
    return exitCodeOf(runRecord({ status: 'complete', cells, objectives }), undefined, strict);
  };

  test.each<[Outcome['state'][], boolean, number]>([
    [['passed'], false, 0],
    [['passed', 'failed'], false, 1],
    [['passed', 'undecided'], false, 0],
    [['passed', 'undecided'], true, 1],
    [[], false, 0],
    [[], true, 1],
  ])('%s, strict %s: %d', (states, strict, code) => {
    expect(codeWith(states, strict)).toBe(code);
  });

  test('are not passed by a stored run of INVALID cells', () => {
    const [state, text] = ['invalid', 'p95 < 300ms'] as const;
    const outcome = { ...{ cell: 'a', operation: null, value: 1, isLowerBound: false }, state, why: null };
    const objective = { ...{ text, scope: null, figure: 'p95', limit: 300, unit: 'ms', load: null } };
    expect(exitCodeOfObjectives([{ ...objective, operator: '<', outcomes: [outcome] }], false)).toBe(4);
  });

  test('of an INVALID cell end with 4, unless another one failed', () => {
    expect(codeWith(['invalid', 'passed'], true, [invalid, valid])).toBe(4);
    expect(codeWith(['invalid', 'failed'], false, [invalid, valid])).toBe(1);
  });
});

describe('a comparison', () => {
  const outcome = { regressed: 0, improved: 0, unchanged: 1, inconclusive: 0, suspect: 0, notJudged: 0 };
  const suspected = (percent: number): ComparedCell =>
    ({
      judgements: [{ family: 'primary', basis: 'sections', verdict: 'SUSPECT', percent, better: 'lower' }],
    }) as unknown as ComparedCell;
  const cellOf = (said: ComparedCell['outcome'], verdict = 'VALID'): ComparedCell =>
    ({
      judgements: [],
      outcome: said,
      base: { verdict: 'VALID' },
      candidate: { verdict },
    }) as unknown as ComparedCell;
  const plain = cellOf('UNCHANGED');
  const of = (changes: Partial<Comparison['outcome']>, cells: ComparedCell[] = [plain]): Comparison =>
    ({ outcome: { state: 'UNCHANGED', ...outcome, ...changes }, cells }) as unknown as Comparison;

  test.each<[string, Comparison, number[]]>([
    ['without a change', of({}), [0, 0, 0, 0]],
    ['with a regression', of({ regressed: 1 }), [1, 1, 1, 0]],
    ['with a suspicion of the worse', of({ suspect: 1 }, [suspected(20)]), [0, 1, 1, 0]],
    ['with a suspicion of the better', of({ suspect: 1 }, [suspected(-20)]), [0, 0, 1, 0]],
    ['that is not sure', of({ inconclusive: 1 }), [0, 0, 1, 0]],
    ['with an INVALID cell', of({ notJudged: 1 }, [plain, cellOf(null, 'INVALID')]), [4, 4, 4, 0]],
    ['with repeats left out as INVALID', of({}, [cellOf('UNCHANGED', 'INVALID')]), [0, 0, 0, 0]],
    ['with a cell without a success', of({ notJudged: 1 }, [plain, cellOf(null)]), [0, 0, 0, 0]],
    ['of cells without a success alone', of({ notJudged: 1 }, [cellOf(null)]), [4, 4, 4, 0]],
    [
      'with a regression beside an INVALID cell',
      of({ regressed: 1 }, [cellOf(null, 'INVALID')]),
      [1, 1, 1, 0],
    ],
    ['of nothing', of({ unchanged: 0, state: 'INCONCLUSIVE' }, []), [4, 4, 1, 0]],
  ])('%s', (_, comparison, codes) => {
    expect(FAIL_ON.map((failOn) => exitCodeOfComparison(comparison, failOn))).toEqual(codes);
  });
});
