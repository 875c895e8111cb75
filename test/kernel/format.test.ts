import { describe, expect, it } from 'vitest';
import { formatFigure, formatMebibytes, plural } from '../../src/kernel/format.js';

describe('formatFigure', () => {
  it.each([
    [0, '0.00'],
    [0.714, '0.71'],
    [9.994, '9.99'],
    [9.996, '10.0'],
    [50.34, '50.3'],
    [99.94, '99.9'],
    [99.96, '100'],
    [1234.4, '1234'],
    [-50.34, '-50.3'],
  ])('writes %d as %s', (value, text) => {
    expect(formatFigure(value)).toBe(text);
  });
});

describe('plural', () => {
  it('has one worker and several workers', () => {
    expect([0, 1, 4].map((count) => plural(count, 'worker'))).toEqual(['0 workers', '1 worker', '4 workers']);
  });
});

describe('formatMebibytes', () => {
  it('has a decimal only below ten', () => {
    const mebibyte = 1024 * 1024;
    expect([0, 1.54, 9.96, 10, 123.4].map((size) => formatMebibytes(size * mebibyte))).toEqual([
      '0.0',
      '1.5',
      '10.0',
      '10',
      '123',
    ]);
  });
});
