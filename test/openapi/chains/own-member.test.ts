import { expect, test } from 'vitest';
import { narrowAnswer } from '../../../src/openapi/chains/narrow-answer.js';
import { withoutUsers } from '../../../src/openapi/chains/own-member.js';

const me = { id: 1, username: 'me' };
const other = { id: 2, username: 'other' };

test('an answer is left without the user who is signed in, wherever its list stands', () => {
  const names = new Set(['me']);
  expect(withoutUsers([me, other], names)).toEqual([other]);
  expect(withoutUsers({ data: { users: [me, other] }, count: 2 }, names)).toEqual({
    data: { users: [other] },
    count: 2,
  });
  expect(withoutUsers([{ id: 3, title: 'me' }], names)).toHaveLength(1);
  expect(withoutUsers([me, other], new Set())).toEqual([me, other]);
});

test('of several lists the one counts that the path names', () => {
  const answer = { users: [me], rootRoles: [{ id: 9 }] };
  expect(narrowAnswer(answer, '/api/user-admin')).toEqual([me]);
  expect(narrowAnswer(answer, '/api/root-roles')).toEqual([{ id: 9 }]);
  expect(narrowAnswer(answer, '/api/things')).toBe(answer);
  expect(narrowAnswer({ users: [me] }, '/api/things')).toEqual({ users: [me] });
});
