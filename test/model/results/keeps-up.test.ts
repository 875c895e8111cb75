import { describe, expect, it } from 'vitest';
import { keepsUp, keepsUpTogether } from '../../../src/model/results/keeps-up.js';
import { cell } from '../../support/cells.js';

describe('whether a target keeps up', () => {
  it.each([
    [true, 10],
    [false, 1000],
    [null, 1000],
  ])('is what the record says: %s, whatever was achieved', (said, achievedRps) => {
    expect(keepsUp(cell({ keepsUp: said, achievedRps }))).toBe(said);
  });

  it.each([
    [980, true],
    [979, false],
  ])(
    'of results of older versions follows from the %d/s of 1000/s that they achieved',
    (achievedRps, kept) => {
      expect(keepsUp(cell({ achievedRps }))).toBe(kept);
    },
  );

  it.each<[(boolean | null)[], boolean | null]>([
    [[true, true, false], true],
    [[true, false, false], false],
    [[true, null, false], null],
    [[true, false], false],
    [[true, null], null],
    [[], null],
  ])('of repeats %j is %s', (repeats, together) => {
    expect(keepsUpTogether(repeats.map((said) => cell({ keepsUp: said })))).toBe(together);
  });
});
