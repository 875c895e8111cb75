import { expect, test } from 'vitest';
import { chooseCell } from '../../src/cli/actions/choose-cell.js';
import { cell } from '../support/cells.js';
import { reportOf } from '../support/reports.js';

const report = reportOf(['get_item_1000', 'get_item_2000', 'make_item_1000'].map((id) => cell({ id })));

test('a cell is found by its id', () => {
  expect(chooseCell(report, 'get_item_2000').record.id).toBe('get_item_2000');
});

test('a misspelt id is answered with the nearest ones, as wrong use', () => {
  expect(() => chooseCell(report, 'get_itm_1000')).toThrow(
    expect.objectContaining({
      fault: 'usage',
      hint: expect.stringMatching(/^Did you mean get_item_1000 or /),
    }),
  );
});

test('an id that is like none is answered with those there are', () => {
  expect(() => chooseCell(report, 'zzzzzzzzzzzzzzzzzz')).toThrow(
    expect.objectContaining({ hint: 'Its cells: get_item_1000, get_item_2000, make_item_1000' }),
  );
});
