import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { suggestObjectives } from '../../src/analyze/suggest-objectives.js';
import { FIGURES } from '../../src/model/figures/list.js';
import { parseObjective } from '../../src/model/objectives/parse-objective.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import type { VerdictState } from '../../src/model/results/verdict.js';
import { cell, type CellChanges } from '../support/cells.js';
import { mixtureCell } from '../support/mixtures.js';

const NO_ERRORS = 'errors < 0.1%';

function measured(p95: number | null, changes: CellChanges = {}, ratePerSecond = 100): CellRecord {
  const load = { kind: 'constant-rate', ratePerSecond, durationMs: 10_000, arrivals: 'constant' } as const;
  const { response, ...others } = cell().latencyMs;
  return cell({ latencyMs: { ...others, response: { ...response, p95 } }, load, ...changes });
}
const suggested = (...cells: CellRecord[]) => suggestObjectives(cells, () => true);
const verdict = (state: VerdictState) => ({ verdict: { state, reasons: [] } });

describe('objectives from a run', () => {
  test.each([
    [50, '75ms'],
    [49.2, '74ms'],
    [0.7333, '1.1ms'],
    [0.05, '0.075ms'],
    [99, '150ms'],
    [100.1, '160ms'],
    [663, '1s'],
    [1000, '1.5s'],
    [1001, '1.6s'],
    [60_000, '90s'],
  ])('take a p95 of %d ms half as much again, rounded up to two digits: %s', (p95, limit) => {
    expect(suggested(measured(p95)).objectives).toEqual([`GET /items/{item_id} p95 < ${limit}`, NO_ERRORS]);
  });

  test('are met by what they are taken from, whatever it is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e6, noNaN: true }), (p95) => {
        const [text = ''] = suggested(measured(p95)).objectives;
        const parsed = parseObjective(text, FIGURES);
        const limit = 'objective' in parsed ? parsed.objective.limit : 0;
        expect(limit).toBeGreaterThanOrEqual(p95 * 1.5 * (1 - 1e-9));
        expect(limit).toBeLessThan(p95 * 1.5 * 1.11);
      }),
    );
  });

  test('are of the lowest load, and of what is slowest there of repeats', () => {
    const cells = [measured(90, {}, 200), measured(20, { repeat: 1 }), measured(30, { repeat: 2 })];
    expect(suggested(...cells).objectives[0]).toBe('GET /items/{item_id} p95 < 45ms');
  });

  test('skip cells that are not VALID, lower bounds, failures, and too few requests for a p95', () => {
    const sound = measured(40, {}, 800);
    const { response, ...others } = cell().latencyMs;
    const bound = { latencyMs: { ...others, response: { ...response, lowerBounds: ['p95'] } } };
    const bad = [
      measured(1, verdict('INVALID')),
      measured(1, verdict('SUSPECT')),
      measured(1, bound),
      measured(null),
      measured(1, { counts: { planned: 71, succeeded: 71 } }),
      measured(1, { counts: { succeeded: 9000, failed: 1000 } }),
    ];
    expect(suggested(...bad, sound)).toEqual({
      objectives: ['GET /items/{item_id} p95 < 60ms', NO_ERRORS],
      without: [],
    });
    expect(suggested(...bad)).toEqual({ objectives: [], without: ['GET /items/{item_id}'] });
  });

  test('ask for no errors only where there were none', () => {
    const failing = measured(10, {
      operation: { path: '/b' },
      counts: { succeeded: 9999, failed: 1 },
    });
    expect(suggested(measured(10), failing).objectives).toEqual([
      'GET /items/{item_id} p95 < 15ms',
      'GET /b p95 < 15ms',
    ]);
  });

  test('are of the operations that are wanted', () => {
    const cells = [measured(10), measured(20, { operation: { path: '/b' } })];
    expect(suggestObjectives(cells, (name) => name === 'GET /b').objectives).toEqual([
      'GET /b p95 < 30ms',
      NO_ERRORS,
    ]);
  });

  test('name an operation by its id where its path cannot be read back', () => {
    const odd = { method: 'GET', path: '/a<b' };
    expect(suggested(measured(10, { operation: { ...odd, id: 'odd' } })).objectives[0]).toBe(
      'odd p95 < 15ms',
    );
    expect(suggested(measured(10, { operation: { ...odd, id: 'o>d' } })).without).toEqual(['GET /a<b']);
  });

  test("are of a mixture each operation's own", () => {
    const { record } = mixtureCell();
    // 140 requests of the first, fewer of the others than a p95 needs, and slower ones.
    expect(suggested({ ...record, ...verdict('VALID') })).toEqual({
      objectives: ['GET /items/{id} p95 < 1.5ms', 'errors < 1%'],
      without: ['POST /items', 'GET /broken'],
    });
  });
});
