import { expect, test } from 'vitest';
import { subjectKey, type Subject } from '../../../src/model/results/subject.js';

const [get, post] = [
  { id: 'a', method: 'GET', path: '/a' },
  { id: 'b', method: 'POST', path: '/b' },
];
const mixture = (one: number, other: number): Subject => ({
  id: 'mixture',
  operations: [
    { ...get, weight: one },
    { ...post, weight: other },
  ],
});

test('mixtures are the same where the parts of their operations are', () => {
  expect(subjectKey(mixture(9, 1))).toBe(subjectKey(mixture(90, 10)));
  expect(subjectKey(mixture(1 / 3, 2 / 3))).toBe(subjectKey(mixture(1, 2)));
  expect(subjectKey(mixture(9, 1))).not.toBe(subjectKey(mixture(8, 1)));
  expect(subjectKey({ id: 'a', operations: [{ ...get, weight: 1 }] })).toBe('[["GET","/a",1]]');
});
