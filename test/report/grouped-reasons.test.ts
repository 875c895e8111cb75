import { tellingText } from '../../src/report/sizing-words.js';
import { caseOf } from '../support/cells.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reason } from '../../src/model/results/verdict.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import { cellWords, groupedReasons } from '../../src/report/grouped-reasons.js';
import { cell, type CellChanges } from '../support/cells.js';

const lagged = (severity: number, remedy = 'lower the rate'): Reason => ({
  ...{ id: 'generator-lagged', message: `late by ${severity} ms`, remedy },
  ...{ state: 'INVALID', severity },
});
const few: Reason = { id: 'few-samples', message: 'too few', remedy: 'measure longer', state: 'SUSPECT' };

function withReasons(id: string, reasons: Reason[], changes: CellChanges = {}): CellRecord {
  const isInvalid = reasons.some(({ state }) => state === 'INVALID');
  return cell({ id, verdict: { state: isInvalid ? 'INVALID' : 'SUSPECT', reasons }, ...changes });
}

const idsOf = (cells: readonly CellRecord[]): string[] => cells.map(({ id }) => id);

describe('reasons of many cells', () => {
  test('stand together, once each, with the worst cell first and what was seen in it', () => {
    const cells = [
      withReasons('a', [lagged(3)]),
      withReasons('b', [lagged(290)]),
      withReasons('c', [lagged(12)]),
      cell({ id: 'sound' }),
    ];
    const [group, ...others] = groupedReasons(cells);
    expect(others).toEqual([]);
    expect(group).toMatchObject({ id: 'generator-lagged', state: 'INVALID', message: 'late by 290 ms' });
    expect(idsOf(group!.cells)).toEqual(['b', 'c', 'a']);
    expect(group?.isWorstKnown).toBe(true);
  });

  test('come with what makes cells INVALID first, then with those of most cells', () => {
    const dropped: Reason = { ...few, id: 'requests-dropped' };
    const cells = [
      withReasons('a', [few, dropped]),
      withReasons('b', [dropped]),
      withReasons('c', [lagged(3), dropped]),
    ];
    expect(groupedReasons(cells).map(({ id, state }) => `${state} ${id}`)).toEqual([
      'INVALID generator-lagged',
      'SUSPECT requests-dropped',
      'SUSPECT few-samples',
    ]);
  });

  test('name each remedy once, the one for most cells first', () => {
    const cells = [
      withReasons('a', [lagged(1, 'use fewer workers')]),
      withReasons('b', [lagged(2)]),
      withReasons('c', [lagged(3)]),
    ];
    expect(groupedReasons(cells)[0]?.remedies).toEqual(['lower the rate', 'use fewer workers']);
    expect(groupedReasons([withReasons('a', [{ id: 'x', message: 'seen' }])])[0]?.remedies).toEqual([]);
  });

  test('count a cell that has one of them twice as one cell', () => {
    expect(idsOf(groupedReasons([withReasons('a', [lagged(1), lagged(2)])])[0]!.cells)).toEqual(['a']);
  });

  test('of older results stay as measured, and none is called the worst', () => {
    const old: Reason = { id: 'few-samples', message: 'first' };
    const cells = [withReasons('a', [old]), withReasons('b', [{ ...old, message: 'second' }])];
    expect(groupedReasons(cells)[0]).toMatchObject({ message: 'first', isWorstKnown: false });
  });

  test('of older results are SUSPECT as soon as one cell that has them is', () => {
    const old: Reason = { id: 'host-saturated', message: 'busy' };
    const invalid = cell({ verdict: { state: 'INVALID', reasons: [old] } });
    expect(groupedReasons([invalid])[0]?.state).toBe('INVALID');
    expect(groupedReasons([invalid, withReasons('b', [old])])[0]?.state).toBe('SUSPECT');
  });

  test('lose no cell and make none up', () => {
    const reasons = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'));
    fc.assert(
      fc.property(fc.array(reasons, { maxLength: 8 }), (all) => {
        const cells = all.map((ids, at) =>
          withReasons(
            `${at}`,
            ids.map((id) => ({ id, message: '' })),
          ),
        );
        const found = groupedReasons(cells).flatMap((group) =>
          group.cells.map((one) => `${one.id} ${group.id}`),
        );
        const expected = all.flatMap((ids, at) => ids.map((id) => `${at} ${id}`));
        expect(found.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });
});

test('a cell is named by its endpoint and load, and by its workers and case where they differ', () => {
  const half = cell({ workers: 4, case: caseOf('half a core', { cpuCores: 0.5 }) });
  expect(cellWords(half, tellingText([half]))).toBe('get_item at 1000/s');
  expect(cellWords(half, tellingText([cell(), half]))).toBe('get_item at 1000/s, 4 workers, half a core');
  expect(cellWords(cell(), tellingText([cell(), half]))).toBe('get_item at 1000/s, 1 worker, no limits');
});
