import { expect, test } from 'vitest';
import { renderProblems } from '../../src/report/terminal/render-problems.js';
import { controlCharactersOf } from '../support/text.js';

const plain = { width: 100, color: false };

test('the golden list of problems', async () => {
  const problems = [
    { where: 'GET /a', message: 'is called x_2', isSkipped: false },
    { where: 'POST /b', message: 'the body refers to “#/no”, which is not there', isSkipped: true },
    ...Array.from({ length: 22 }, (_, at) => ({
      where: `/p${at}`,
      message: 'is no object but null',
      isSkipped: true,
    })),
  ];
  await expect(renderProblems(problems, plain)).toMatchFileSnapshot('../golden/list/problems.txt');
});

test('odd and long words stay on one short line', () => {
  const text = renderProblems(
    [{ where: 'GET /\n\x1b[2J', message: 'x'.repeat(5000), isSkipped: true }],
    plain,
  );
  expect(text.split('\n')).toHaveLength(2);
  expect(text.length).toBeLessThan(1000);
  expect(controlCharactersOf(text)).toEqual([]);
});
