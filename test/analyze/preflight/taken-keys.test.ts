import { expect, test } from 'vitest';
import { isTaken, takenKeys } from '../../../src/analyze/preflight/taken-keys.js';

test.each([
  [409, null, true],
  [400, 'Username already exists', true],
  [400, 'The email has been taken', true],
  [422, 'duplicate key value violates unique constraint', true],
  [500, 'UNIQUE constraint failed: users.email', true],
  [400, 'email is not valid', false],
  [200, 'already exists', false],
  [null, null, false],
])('%s “%s” says that the server has it already: %s', (status, reason, expected) => {
  expect(isTaken(status, reason)).toBe(expected);
});

const keys = ['body.user.email', 'body.userName', 'body.bio', 'body.age'];
const refusal = (reason: string | null, fields: string[] = []) => ({ reason, fields });

test('what the server names comes first, then what its words hold, what is usually unique, and all', () => {
  expect(takenKeys(keys, refusal('bio is taken', ['email']))).toEqual([
    ['body.user.email'],
    ['body.user.email', 'body.bio'],
    ['body.user.email', 'body.bio', 'body.userName'],
    keys,
  ]);
});

test.each([
  ['this E-mail is in use', 'body.user.email'],
  ['User name already taken', 'body.userName'],
  ['UNIQUE constraint failed: users.user_name', 'body.userName'],
])('“%s” names %s', (reason, key) => {
  expect(takenKeys(keys, refusal(reason))[0]).toEqual([key]);
});

test('a word that only contains the name of a field does not name it', () => {
  expect(takenKeys(['body.age', 'body.name'], refusal('the message is a duplicate'))[0]).toEqual([
    'body.name',
  ]);
});

test('without a field there is nothing to try', () => {
  expect(takenKeys([], refusal('taken', ['email']))).toEqual([]);
});
