import { expect, test } from 'vitest';
import { readCompareFlags } from '../../src/config/compare-flags.js';

test('nothing said compares what is the same, and fails on a regression', () => {
  expect(readCompareFlags({})).toEqual({ across: [], renamings: [], failOn: 'regressed' });
});

test('commas part what to compare across; a path may hold an equals sign', () => {
  expect(readCompareFlags({ across: ['workers,rates', 'rates'], map: ['get_old=GET /new?x=1'] })).toMatchObject({
    across: ['workers', 'rates'],
    renamings: [{ from: 'get_old', to: 'GET /new?x=1' }],
  });
});

test('all that is wrong is said at once', () => {
  const read = (): unknown => readCompareFlags({ across: ['worker'], map: ['old'], failOn: 'regresed' });
  expect(read).toThrow(/--across.*workers.*did you mean workers.*\n.*--map.*OLD=NEW.*\n.*--fail-on.*did you mean regressed/);
});
