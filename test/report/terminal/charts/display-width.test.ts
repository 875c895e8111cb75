import { describe, expect, test } from 'vitest';
import { columnsOf, fitted, fittedRight } from '../../../../src/report/terminal/charts/display-width.js';

describe('a name takes exactly its columns', () => {
  test.each([
    ['short', 'ab', 'ab      '],
    ['as long as its room', 'abcdefgh', 'abcdefgh'],
    ['too long: it loses its middle', 'abcdefghij', 'abcd…hij'],
    ['wide', '一覧', '一覧    '],
    ['wide and too long', '一覧を取得する', '一覧…る '],
    ['with combining marks', 'e\u0301a', 'e\u0301a      '],
    ['an emoji of several parts', '👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦      '],
  ])('%s', (_, name, expected) => {
    expect(fitted(name, 8)).toBe(expected);
    expect(columnsOf(fitted(name, 8))).toBe(8);
  });

  test('at the right, too', () => {
    expect(fittedRight('一', 4)).toBe('  一');
  });
});

test('the marks that we write ourselves take one column each', () => {
  expect(['…', '≥', '–', '·', '×'].map(columnsOf)).toEqual([1, 1, 1, 1, 1]);
  expect(columnsOf('\x1b[31m≥5\x1b[39m')).toBe(2);
});
