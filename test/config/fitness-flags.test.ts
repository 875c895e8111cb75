import { expect, it } from 'vitest';
import { readFitnessFlags } from '../../src/config/fitness-flags.js';

it('tries both pacings, and the thread counts that suit the machine', () => {
  expect(readFitnessFlags({})).toEqual({ threadCounts: null, pacings: ['relaxed', 'precise'] });
});

it('tries what it is told, once', () => {
  const flags = { threads: ['1,2', '2'], pacing: ['precise', 'precise'] };
  expect(readFitnessFlags(flags)).toEqual({ threadCounts: [1, 2], pacings: ['precise'] });
});

it('names all that is wrong at once', () => {
  expect(() => readFitnessFlags({ threads: ['0'], pacing: ['fast'] })).toThrow(
    '--threads: expected a whole number from 1 to 64, came "0"\n--pacing: expected precise or relaxed, came "fast"',
  );
});
