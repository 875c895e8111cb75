import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeCell } from '../../src/analyze/judge-cell.js';
import { cell, judgedRun, type CellChanges } from '../support/cells.js';

const suspect: CellChanges = { generator: { connectionLimitReached: true } };
const invalid: CellChanges = { failures: { 'too-many-open-files': 1 } };
const died: CellChanges = { targetDeath: { how: 'exited with code 1', lastOutput: [] } };

test('a cell without faults is VALID, without reasons', () => {
  expect(judgeCell(cell(), judgedRun)).toEqual({ state: 'VALID', reasons: [] });
});

test("the target's own trouble makes a cell SUSPECT", () => {
  const { state, reasons } = judgeCell(cell(suspect), judgedRun);
  expect(state).toBe('SUSPECT');
  expect(reasons.map(({ id }) => id)).toEqual(['connection-limit-reached']);
});

test('each reason says what it alone makes of the cell', () => {
  const states = judgeCell(cell({ ...invalid, ...suspect }), judgedRun).reasons.map(({ state }) => state);
  expect(states).toEqual(['INVALID', 'SUSPECT']);
});

test("the target's death comes first, and makes a cell SUSPECT by itself", () => {
  expect(judgeCell(cell(died), judgedRun)).toMatchObject({
    state: 'SUSPECT',
    reasons: [{ id: 'target-died' }],
  });
  expect(judgeCell(cell({ ...suspect, ...died }), judgedRun).reasons.map(({ id }) => id)).toEqual([
    'target-died',
    'connection-limit-reached',
  ]);
});

test('the worst state counts, and no reason is lost', () => {
  const { state, reasons } = judgeCell(cell({ ...invalid, ...suspect, ...died }), judgedRun);
  expect(state).toBe('INVALID');
  expect(reasons.map(({ id }) => id)).toEqual([
    'target-died',
    'generator-out-of-resources',
    'connection-limit-reached',
  ]);
});

test('a cell is INVALID exactly when its generator was at fault, whatever the target did', () => {
  const changes = fc.record({
    released: fc.integer({ min: 0, max: 10_000 }),
    dropped: fc.integer({ min: 0, max: 10_000 }),
    connectionLimitReached: fc.boolean(),
    hostCpuPercent: fc.option(fc.integer({ min: 0, max: 100 })),
    successRate: fc.double({ min: 0, max: 1, noNaN: true }),
    achievedRps: fc.double({ min: 0, max: 1000, noNaN: true }),
  });
  fc.assert(
    fc.property(changes, ({ released, dropped, connectionLimitReached, hostCpuPercent, ...figures }) => {
      const { state } = judgeCell(
        cell({
          ...figures,
          counts: { dropped },
          generator: { released, connectionLimitReached, hostCpuPercent },
        }),
        judgedRun,
      );
      expect(state === 'INVALID').toBe(released < 9990);
    }),
  );
});
