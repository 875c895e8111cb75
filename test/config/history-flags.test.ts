import { describe, expect, test } from 'vitest';
import { readHistoryFlags } from '../../src/config/history-flags.js';
import { userErrorOf } from '../support/caught.js';

describe('the flags of bench history', () => {
  test('are usual where nothing is said', () => {
    const { figures, ...rest } = readHistoryFlags({});
    expect(figures.map(({ id }) => id)).toEqual([
      ...['p50', 'p95', 'p99', 'mean', 'success', 'achieved', 'cpu-per-request', 'memory'],
    ]);
    expect(rest).toEqual({ minMagnitudePercent: 5, recentRuns: 10, failsOnRegressed: false, formats: [] });
  });

  test('are read', () => {
    const { figures, ...rest } = readHistoryFlags({
      ...{
        figure: ['p99,p50', 'p99'],
        minMagnitude: '2.5%',
        recent: '3',
        failOn: 'regressed',
        format: ['md'],
      },
    });
    expect(figures.map(({ id }) => id)).toEqual(['p99', 'p50']);
    expect(rest).toEqual({
      minMagnitudePercent: 2.5,
      recentRuns: 3,
      failsOnRegressed: true,
      formats: ['md'],
    });
  });

  test('are refused together', async () => {
    const error = await userErrorOf(() =>
      readHistoryFlags({
        ...{ figure: ['p98'], minMagnitude: 'much', recent: '0', failOn: 'suspect', format: ['pdf'] },
      }),
    );
    expect(error).toMatchObject({ hint: 'See bench history --help.' });
    expect(error.message.split('\n')).toEqual([
      '--figure: expected the name of a figure, such as p99 or cpu-per-request (did you mean p90?), came "p98"',
      '--min-magnitude: expected a number from 0 to 1000, came "much"',
      '--recent: expected a whole number from 1 to 10000, came "0"',
      '--fail-on: expected regressed, came "suspect"',
      '--format: expected md (did you mean md?), came "pdf"',
    ]);
  });
});
