import { describe, expect, it } from 'vitest';
import { workerScaling } from '../../src/analyze/worker-scaling.js';
import { caseOf, cell, type CellChanges } from '../support/cells.js';

function withWorkers(workers: number, achievedRps: number, changes: CellChanges = {}) {
  return cell({ workers, achievedRps, ...changes });
}

const efficiencies = (cells: ReturnType<typeof cell>[]) =>
  workerScaling(cells)[0]?.steps.map(({ efficiency, isLowerBound }) => [efficiency, isLowerBound]);

describe('what more workers bring', () => {
  it('is nothing when there was one worker count', () => {
    expect(workerScaling([withWorkers(1, 400), withWorkers(1, 500)])).toEqual([]);
  });

  it('compares each worker count with the fewest, in proportion', () => {
    expect(efficiencies([withWorkers(4, 800), withWorkers(1, 400), withWorkers(2, 600)])).toEqual([
      [null, false],
      [0.75, false],
      [0.5, false],
    ]);
  });

  it('is told of each resource case by itself', () => {
    const inCase = (name: string, cpuCores: number, rates: readonly number[]) =>
      rates.map((rps, at) => withWorkers(at + 1, rps, { case: caseOf(name, { cpuCores }) }));
    const scalings = workerScaling([...inCase('one', 1, [400, 400]), ...inCase('two', 2, [400, 800])]);
    expect(scalings.map((one) => [one.case, one.steps[1]?.efficiency])).toEqual([
      ['one', 0.5],
      ['two', 1],
    ]);
  });

  it('is not known where the fewest workers kept up', () => {
    expect(efficiencies([withWorkers(1, 1000), withWorkers(2, 1000)])).toEqual([
      [null, true],
      [null, true],
    ]);
  });

  it('is not known either where nobody can say whether the fewest workers kept up', () => {
    const unknown: CellChanges = { keepsUp: null };
    expect(efficiencies([withWorkers(1, 300, unknown), withWorkers(2, 600, { keepsUp: false })])).toEqual([
      [null, true],
      [null, false],
    ]);
  });

  it('is a lower bound where the load was the limit', () => {
    expect(efficiencies([withWorkers(1, 600), withWorkers(2, 1000)])?.[1]).toEqual([1000 / 1200, true]);
  });

  it('takes the mean of repeats, and leaves INVALID cells out', () => {
    const invalid: CellChanges = { verdict: { state: 'INVALID', reasons: [] } };
    const cells = [withWorkers(1, 300), withWorkers(1, 500), withWorkers(2, 600), withWorkers(2, 1, invalid)];
    expect(efficiencies(cells)?.[1]).toEqual([0.75, false]);
  });

  it('looks at the heaviest load that several worker counts share', () => {
    const alone = withWorkers(1, 100, { load: { ratePerSecond: 9000 } });
    expect(workerScaling([withWorkers(1, 400), withWorkers(2, 600), alone])[0]?.load).toBe('1000/s');
  });
});
