import { describe, expect, test } from 'vitest';
import { loadBandOf, noiseOf, whyOfAnother } from '../../../src/model/results/noise-floor.js';
import { bandFloor, noiseFloor } from '../../support/noise.js';

test.each([
  [0, 'low'],
  [0.39, 'low'],
  [0.4, 'medium'],
  [0.69, 'medium'],
  [0.7, 'high'],
  [1.3, 'high'],
])('a load of %d of what the target can do is %s', (share, band) => {
  expect(loadBandOf(share)).toBe(band);
});

describe('the noise of a figure', () => {
  const floor = noiseFloor({
    figures: [bandFloor({ sdLog: 0.02 }), bandFloor({ band: 'high', sdLog: 0.09 })],
  });

  test('is that of its band', () => expect(noiseOf(floor, 'p50', 'low')).toBe(0.02));
  test('is the highest where its band was not measured', () =>
    expect(noiseOf(floor, 'p50', 'medium')).toBe(0.09));
  test('is the highest where its band is not known', () => expect(noiseOf(floor, 'p50', null)).toBe(0.09));
  test('is not known of a figure without any', () => expect(noiseOf(floor, 'p99', 'low')).toBeUndefined());
});

describe('a noise floor', () => {
  const { machine } = noiseFloor();
  const major = /^v\d+/.exec(machine.node)?.[0] ?? '';

  test.each([
    ['the same machine', {}],
    ['the same major version of Node.js', { node: `${major}.99.9` }],
  ])('says what it can of %s', (_, changes) => {
    expect(whyOfAnother({ ...machine, ...changes }, machine)).toBeUndefined();
  });

  test.each([
    [{ host: 'elsewhere' }, 'of the machine elsewhere'],
    [{ cpuModel: 'Abacus' }, 'of another processor (Abacus, not'],
    [{ cores: 99 }, 'of 99 cores'],
    [{ node: 'v4.0.0' }, 'of Node.js v4.0.0'],
  ])('of another machine says that it is: %j', (changes, words) => {
    expect(whyOfAnother({ ...machine, ...changes }, machine)).toContain(words);
  });
});
