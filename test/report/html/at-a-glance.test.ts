import { describe, expect, test } from 'vitest';
import { atAGlance } from '../../../src/report/html/at-a-glance.js';
import { cell, latency, type CellChanges } from '../../support/cells.js';
import { reportCell, storedReport } from '../../support/reports.js';

const at = (id: string, rate: number, changes: CellChanges = {}) =>
  reportCell(
    cell({
      id: `${id}_${rate}`,
      operation: { id, method: 'GET', path: `/${id}` },
      load: { ratePerSecond: rate },
      achievedRps: rate,
      counts: { planned: rate * 10 },
      ...changes,
    }),
  );

const glanceAt = (cells: readonly ReturnType<typeof at>[]): string => atAGlance(storedReport(cells)).markup;

/** The rows of the table, each as its texts. */
function rowsOf(cells: readonly ReturnType<typeof at>[]): string[][] {
  const rows = glanceAt(cells).match(/<tr>[^]*?<\/tr>/g) ?? [];
  return rows.map((row) =>
    row
      .split(/<\/t[hd]>/)
      .map((field) =>
        field
          .replace(/<[^>]*>/g, '')
          .replace('&#60;', '<')
          .trim(),
      )
      .filter((text) => text !== ''),
  );
}

describe('the run at a glance', () => {
  test('is each endpoint under each load, the worst first, with what of the rate was achieved', () => {
    const censored = { response: latency({ p99: 10_000, lowerBounds: ['p99'] }) };
    const cells = [
      at('fast', 100),
      at('fast', 1000),
      at('slow', 100),
      at('slow', 1000, { achievedRps: 629, latencyMs: { response: latency({ p99: 2410 }) } }),
      at('stuck', 100, { achievedRps: 0.4, latencyMs: censored }),
    ];
    expect(rowsOf(cells)).toEqual([
      ['Endpoint', '100/s', '1000/s'],
      ['stuck', '<1 % ≥10000', '–'],
      ['slow', '4.88', '62 % 2410'],
      ['fast', '4.88', '4.88'],
    ]);
  });

  test('marks what is not known to keep up, and tells of what does not, however near it came', () => {
    const unknown = at('slow', 100, { keepsUp: null, achievedRps: 50 });
    const markup = glanceAt([unknown]);
    expect(rowsOf([unknown])).toContainEqual(['slow', '50 % 4.88']);
    expect(markup).toContain(
      '<td class="unknown first" title="50.0 of 100/s achieved, not known whether it keeps up',
    );
    expect(markup).toContain('Grey: the window is too short');
    const near = at('near', 100, { keepsUp: false, achievedRps: 99 });
    expect(rowsOf([near])).toContainEqual(['near', '99 % 4.88']);
    expect(glanceAt([near])).toContain('<td class="behind first"');
  });

  test('does not show errors that come in time as if all were well', () => {
    const refusing = at('refusing', 100, { keepsUp: true, achievedRps: 0, successRate: 0 });
    expect(rowsOf([refusing])).toContainEqual(['refusing', '0 % 4.88']);
    expect(glanceAt([refusing])).toContain('<td class="far-behind first"');
  });

  test('marks what is INVALID, and says what the mark means', () => {
    const invalid = at('fast', 100, { verdict: { state: 'INVALID', reasons: [] } });
    expect(rowsOf([invalid])).toContainEqual(['fast', '4.88?']);
    expect(glanceAt([invalid])).toContain('? belongs to an INVALID measurement');
    expect(glanceAt([at('fast', 100)])).not.toContain('INVALID');
  });

  test('marks a p99 of too few requests, as the table of all cells does', () => {
    const few = at('fast', 36, { counts: { planned: 360 } });
    expect(rowsOf([few])).toContainEqual(['fast', '~4.88']);
    expect(glanceAt([few])).toContain('~ is of too few requests');
  });

  test('parts the loads by worker count, takes the median of repeats, and leads to the first', () => {
    const repeats = [1, 2, 3].map((repeat) =>
      at('fast', 100, {
        id: `fast_100_r${repeat}`,
        repeat,
        latencyMs: { response: latency({ p99: repeat }) },
      }),
    );
    const cells = [...repeats, at('fast', 100, { workers: 4 })];
    expect(rowsOf(cells)).toEqual([
      ['1 worker', '4 workers'],
      ['Endpoint', '100/s', '100/s'],
      ['fast', '2.00', '4.88'],
    ]);
    expect(glanceAt(cells)).toContain('href="#cell-fast_100_r1"');
    expect(glanceAt(cells)).toContain('the median of the repeats');
  });

  test('stays a glance, however many endpoints and loads there are', () => {
    const many = Array.from({ length: 100 }, (_, index) => at(`endpoint_${index}`, 100));
    expect(rowsOf(many)).toHaveLength(31);
    expect(glanceAt(many)).toContain('70 better endpoints below');
    const loads = Array.from({ length: 200 }, (_, index) => at(`endpoint_${index % 10}`, 100 + index));
    expect(rowsOf(loads)).toHaveLength(6);
  });
});
