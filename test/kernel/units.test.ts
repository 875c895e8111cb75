import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, formatTimeLeft, parseDurationMs } from '../../src/kernel/units.js';

describe('parseDurationMs', () => {
  it.each([
    ['250ms', 250],
    ['10s', 10_000],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    [' 5s ', 5000],
    ['0s', 0],
  ])('reads %j as %d ms', (text, expected) => {
    expect(parseDurationMs(text)).toBe(expected);
  });

  it.each(['', '10', 's', '-1s', '10 s', '1e3s', '.5s', '5S', '1m30s', 'Infinitys', '10d'])(
    'does not take %j for a duration',
    (text) => {
      expect(parseDurationMs(text)).toBeUndefined();
    },
  );
});

describe('formatDuration', () => {
  it.each([
    [0, '0ms'],
    [250, '250ms'],
    [1000, '1s'],
    [1500, '1.5s'],
    [90_000, '90s'],
    [120_000, '2m'],
    [3_600_000, '60m'],
  ])('writes %d ms as %s', (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });

  it('writes what parseDurationMs reads back', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), (durationMs) => {
        expect(parseDurationMs(formatDuration(durationMs))).toBeCloseTo(durationMs, 6);
      }),
    );
  });
});

describe('formatTimeLeft', () => {
  it.each([
    [-5, '0s'],
    [1, '1s'],
    [12_000, '12s'],
    [59_001, '1m 00s'],
    [65_000, '1m 05s'],
    [3_600_000, '1h 00m'],
    [3_780_000, '1h 03m'],
  ])('writes %d ms as %s', (remainingMs, text) => {
    expect(formatTimeLeft(remainingMs)).toBe(text);
  });
});
