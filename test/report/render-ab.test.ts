import { describe, expect, test } from 'vitest';
import { renderAb, type LiveAb } from '../../src/report/terminal/render-ab.js';

const options = { width: 80, color: false, isUnicode: true, nowMs: 60_000 };
const ab: LiveAb = {
  stage: '',
  run: { title: 'b-2, candidate', number: 3, runs: 10 },
  cell: { name: 'get_item\x1b[2J 200/s', number: 3, cells: 8 },
  beganAtMs: 0,
  remaining: { atMs: 50_000, durationMs: 70_000 },
};

describe('bench ab under way', () => {
  test('is two lines without figures', () => {
    const lines = renderAb(ab, options);
    expect(lines[0]).toBe('━━━━━━━━━━────────── run 3 of 10 · 1m 00s left');
    expect(lines[1]).toMatch(/^b-2, candidate · cell 3 of 8 · get_item.*200\/s$/);
    expect(lines.join('')).not.toContain('\x1b');
  });

  test('tells what is done before the first run, and between cells', () => {
    const before = { ...ab, run: null, cell: null, stage: 'base: npm ci' };
    expect(renderAb(before, options)).toEqual(['base: npm ci']);
    const between = { ...ab, cell: null, stage: 'restarting the target' };
    expect(renderAb(between, options)[1]).toBe('b-2, candidate · restarting the target');
  });

  test('fits a narrow terminal, and one without Unicode', () => {
    const narrow = renderAb(ab, { ...options, width: 30, isUnicode: false });
    expect(narrow[0]).toBe('run 3 of 10, 1m 00s left');
    expect(narrow.every((line) => line.length <= 30)).toBe(true);
  });
});
