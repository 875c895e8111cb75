import { describe, expect, it } from 'vitest';
import { serverWordsIn } from '../../../src/model/results/server-words.js';
import { cell, failedAnswer } from '../../support/cells.js';

function words(...cells: Parameters<typeof cell>[0][]): string[] {
  return serverWordsIn(cells.map((changes) => cell(changes))).map(
    ({ message, kind, asked, count }) => `${count} ${kind} ${asked} ${message}`,
  );
}

describe('what a server said in some cells', () => {
  it('is each message once, that of the most frequent failure first', () => {
    const twice = { statusCodes: { 500: 3 }, failedAnswers: [failedAnswer()] };
    const other = failedAnswer({ status: 503, message: 'too\nbusy' });
    const often = { statusCodes: { 500: 1, 503: 9 }, failedAnswers: [failedAnswer(), other] };
    expect(words(twice, often)).toEqual([
      '9 status 503 GET /items/{item_id} too busy',
      '4 status 500 GET /items/{item_id} no connection left',
    ]);
  });

  it('names failed checks by their kind', () => {
    const check = failedAnswer({ status: 200, check: 'check-json' });
    expect(words({ failures: { 'check-json': 7 }, failedAnswers: [check] })).toEqual([
      '7 check-json GET /items/{item_id} no connection left',
    ]);
  });

  it('is nothing where nothing was said, and in results of older versions', () => {
    expect(words({ failedAnswers: [failedAnswer({ message: null, body: null })] }, {})).toEqual([]);
  });
});
