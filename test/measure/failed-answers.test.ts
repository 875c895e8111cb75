import { expect, test } from 'vitest';
import { failedAnswers } from '../../src/measure/failed-answers.js';
import type { FailedAnswer } from '../../src/model/generation/failed-answer.js';
import { sample } from '../support/samples.js';

function found(operation: number, status: number, doneUs: number, text: string): FailedAnswer[] {
  const collector = failedAnswers.create();
  const answer = { contentType: null, text, bodyBytes: text.length, isCut: false };
  collector.add(sample());
  collector.add(sample({ operation, status, doneUs, outcome: 'wrong-status', answer }));
  return collector.snapshot();
}

test('of several generators the answer that came first is kept, whichever is merged first', () => {
  const parts = [found(0, 500, 30, 'late'), found(0, 500, 10, 'early'), found(1, 500, 20, 'another')];
  const texts = (some: typeof parts): (string | null)[] => failedAnswers.merge(some).map(({ text }) => text);
  expect(texts(parts)).toEqual(['early', 'another']);
  expect(texts(parts.toReversed())).toEqual(['early', 'another']);
  expect(texts([failedAnswers.merge(parts.slice(0, 2)), parts[2]!])).toEqual(['early', 'another']);
});
