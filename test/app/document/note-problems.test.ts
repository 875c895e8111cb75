import { expect, test } from 'vitest';
import type { Api } from '../../../src/app/document/read-api.js';
import { noteProblems } from '../../../src/app/document/note-problems.js';
import type { RunEvent } from '../../../src/model/live/run-events.js';

/** What is said of a document with so many problems, of which so many cost an operation. */
function noticesOf(problems: number, skipped: number): string[] {
  const api = {
    problems: Array.from({ length: problems }, (_, at) => ({
      where: 'GET /',
      message: 'broken',
      isSkipped: at < skipped,
    })),
  };
  const events: RunEvent[] = [];
  noteProblems(api as unknown as Api, (event) => events.push(event));
  return events.map((event) => (event.kind === 'notice' ? event.message : event.kind));
}

test('nothing is said of a sound document', () => {
  expect(noticesOf(0, 0)).toEqual([]);
});

test.each([
  [1, 0, '1 problem, though no operation or path is skipped'],
  [7, 0, '7 problems, though no operation or path is skipped'],
  [7, 2, '7 problems, for 2 of which an operation or path is skipped'],
  [7, 7, '7 problems, for each of which an operation or path is skipped'],
  [1, 1, '1 problem, for which an operation or path is skipped'],
])('%i problems that skip %i are told in plain words', (problems, skipped, words) => {
  expect(noticesOf(problems, skipped)).toEqual([`The document has ${words}: bench list names them.`]);
});
