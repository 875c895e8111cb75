import { describe, expect, test } from 'vitest';
import { renderComparison } from '../../src/report/terminal/render-comparison.js';
import {
  comparedRuns,
  constantRate,
  endpoint,
  HOSTILE_NAME,
  runBefore,
  simulatedRun,
} from '../support/simulated-runs.js';
import { controlCharactersOf } from '../support/text.js';

const { comparison } = comparedRuns();
const render = (width: number, color = false): string => renderComparison(comparison, { width, color });

describe('golden comparisons', () => {
  test.each([60, 100, 140])('at a width of %d columns', async (width) => {
    const text = render(width);
    expect(text.split('\n').filter((line) => line.length > width)).toEqual([]);
    await expect(text).toMatchFileSnapshot(`../golden/comparison/width-${width}.txt`);
  });

  test('in colour', async () => {
    await expect(render(100, true)).toMatchFileSnapshot('../golden/comparison/color.txt');
  });

  test('of a run with itself, of several repeats', async () => {
    const run = simulatedRun({
      endpoints: [endpoint('get_item')],
      loads: [constantRate(200, 2000)],
      repeats: 3,
    });
    const text = renderComparison(comparedRuns(run, run).comparison, { width: 100, color: false });
    await expect(text).toMatchFileSnapshot('../golden/comparison/same.txt');
  });

  test('of runs that have nothing in common', async () => {
    const other = simulatedRun({ name: 'other', endpoints: [endpoint('x')], workers: [1, 2] });
    const text = renderComparison(comparedRuns(runBefore(), other).comparison, { width: 100, color: false });
    await expect(text).toMatchFileSnapshot('../golden/comparison/nothing-shared.txt');
  });
});

const COLOR = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');

test('colour adds nothing but colour', () => {
  expect(render(100, true).replace(COLOR, '')).toBe(render(100));
});

test('no name can steer the terminal', () => {
  expect(controlCharactersOf(HOSTILE_NAME)).not.toEqual([]);
  expect(controlCharactersOf(render(100))).toEqual([]);
  expect(render(100)).not.toContain('\u202e');
});

test('no width makes a line that is wider', () => {
  for (let width = 50; width <= 180; width += 13) {
    const tooWide = render(width)
      .split('\n')
      .filter((line) => line.length > width);
    expect({ width, tooWide }).toEqual({ width, tooWide: [] });
  }
});
