import { expect, test } from 'vitest';
import { idleTwins } from '../../../src/analyze/twins/idle-twins.js';
import { findTwins, storedTwins } from '../../../src/analyze/twins/find-twins.js';
import type { Twins } from '../../../src/model/results/twin.js';
import { cell } from '../../support/cells.js';

const operation = (id: string, method: string, path: string, tags: string[] = []) => ({
  ...{ id, method, path, tags },
});
const DOCUMENT = [
  operation('create_note', 'POST', '/notes/', ['notes']),
  operation('create_note_sync', 'POST', '/notes/sync/', ['notes']),
  operation('read_notes', 'GET', '/notes/'),
];
const [create, createSync] = DOCUMENT;
const cellOf = (one: ReturnType<typeof operation>) =>
  cell({ subject: { id: one.id, operations: [{ ...one, weight: 1 }] } });
const CELLS = [create!, createSync!, create!].map(cellOf);

function twins(pairs: readonly (readonly [string, string])[], isOfScenario = false): Twins {
  const side = (text: string) => ({ name: text, operation: text });
  return { pairs: pairs.map(([left, right]) => ({ left: side(left), right: side(right) })), isOfScenario };
}

const problems = (left: string, right: string, isOfScenario = false): string[] =>
  idleTwins(twins([[left, right]], isOfScenario), CELLS, DOCUMENT);

test.each([
  ['create_note', 'create_note_sync'],
  ['POST /notes/', 'POST /notes/sync/'],
  ['post /notes/', '*_sync'],
])('%s and %s are two operations of the run', (left, right) => {
  expect(problems(left, right)).toEqual([]);
  expect(findTwins(twins([[left, right]]), CELLS)).toEqual({
    areAskedFor: true,
    pairs: [
      {
        left: { name: left, method: 'POST', path: '/notes/' },
        right: { name: right, method: 'POST', path: '/notes/sync/' },
      },
    ],
  });
});

test('of a twin that cannot be shown is said what to do', () => {
  expect(problems('POST /notes/', 'POST /notes/snc/')).toEqual([
    'The twin “POST /notes/=POST /notes/snc/” names POST /notes/snc/, which this run does not load; did you mean POST /notes/sync/?',
  ]);
  expect(problems('create_note', 'read_notes')).toEqual([
    'The twin “create_note=read_notes” names read_notes, which the document has, but this run does not load; add it with --include',
  ]);
  expect(problems('notes', 'create_note')).toEqual([
    'The twin “notes=create_note” names notes, which means 2 operations of this run; name one, such as POST /notes/ or POST /notes/sync/',
  ]);
  expect(problems('create_note', 'POST /notes/')).toEqual([
    'The twin “create_note=POST /notes/” names POST /notes/ twice; it needs two different operations',
  ]);
});

test('an exact name means one operation, even where it is the tag of others', () => {
  const all = [operation('notes', 'GET', '/n'), operation('other', 'GET', '/o', ['notes'])];
  const cells = all.map(cellOf);
  expect(idleTwins(twins([['notes', 'other']]), cells, all)).toEqual([]);
});

test('one of the scenario may name what a run does not load, but not what the document does not have', () => {
  expect(problems('create_note', 'read_notes', true)).toEqual([]);
  expect(findTwins(twins([['create_note', 'read_notes']], true), CELLS).pairs).toEqual([]);
  expect(problems('create_note', 'read_nots', true)).toEqual([
    'The twin “create_note=read_nots” names read_nots, which the document does not have; did you mean read_notes?',
  ]);
});

test('a twin of which nothing or too much was measured is left out', () => {
  const pairs = [
    ['create_note', 'gone'],
    ['notes', 'create_note'],
    ['create_note', 'POST /notes/'],
  ] as const;
  expect(findTwins(twins(pairs), CELLS).pairs).toEqual([]);
});

test('runs of before, and damaged ones, have no twins', () => {
  const none = { pairs: [], isOfScenario: true };
  expect(storedTwins(undefined)).toEqual(none);
  expect(storedTwins({ twins: [['a', 'b']] })).toEqual(none);
  const stored = twins([['a', 'b']]);
  expect(storedTwins({ twins: stored })).toEqual(stored);
});
