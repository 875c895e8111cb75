import { describe, expect, it } from 'vitest';
import { sparkline } from '../../src/report/sparkline.js';

describe('a sparkline', () => {
  it.each<[string, (number | null)[], number, string]>([
    ['goes from 0 to its highest value', [0, 1, 2, 3, 4, 5, 6, 7, 8], 20, '▁▁▂▃▄▅▆▇█'],
    ['leaves a gap where nothing is known', [8, null, 4], 20, '█ ▄'],
    ['shows the last ones that fit', [1, 2, 4, 8], 2, '▄█'],
    ['is flat when all is 0', [0, 0], 20, '▁▁'],
    ['is empty without values', [], 20, ''],
    ['is empty without room', [1, 2], 0, ''],
  ])('%s', (_, values, width, expected) => {
    expect(sparkline(values, width, true)).toBe(expected);
  });

  it('has steps of ASCII, too', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7, 8], 20, false)).toBe('__.-=+*%#');
  });
});
