import { describe, expect, it } from 'vitest';
import { isHonest } from '../../src/analyze/honest-trial.js';
import { judgeFitness, remarksOn } from '../../src/analyze/judge-fitness.js';
import type { Outcomes } from '../../src/model/measurements.js';
import { latency } from '../support/cells.js';
import { engineFitness, limits } from '../support/fitness.js';

describe('judgeFitness', () => {
  it('names the highest rate with its way of sending, and the lowest floor', () => {
    const { floor } = engineFitness();
    const slow = { ...floor, responseMs: { p50: 0.15, p99: 0.4 } };
    const engine = [
      engineFitness({ pacing: 'relaxed', floor: slow, highestRatePerSecond: 40_000 }),
      engineFitness(),
      engineFitness({ threads: 2, floor: slow, highestRatePerSecond: 120_000 }),
    ];

    const verdict = judgeFitness(engine);

    expect(verdict).toMatchObject({ state: 'fit', highestRatePerSecond: 120_000 });
    expect(verdict.message).toContain('120000 requests/s');
    expect(verdict.message).toContain('(2 threads, precise pacing)');
    expect(verdict.message).toContain('faster than 0.06 ms');
  });

  it('finds a machine unfit that cannot send 1000/s in time in any way', () => {
    expect(judgeFitness([engineFitness({ highestRatePerSecond: 830 })])).toMatchObject({
      state: 'unfit',
      highestRatePerSecond: 830,
    });
    expect(judgeFitness([engineFitness({ highestRatePerSecond: 1000 })]).state).toBe('fit');
  });
});

describe('remarksOn', () => {
  const warnings = (changes: Parameters<typeof limits>[0]) =>
    remarksOn(limits(changes)).flatMap(({ state, about }) => (state === 'warning' ? [about] : []));

  it('warns of what would spoil figures, and of nothing else', () => {
    expect(warnings({})).toEqual([]);
    expect(warnings({ cores: 1, loadAverage1m: 0.5 })).toEqual(['cores']);
    expect(warnings({ cpuQuotaCores: 1.5 })).toEqual([]);
    expect(warnings({ cpuQuotaCores: 1 })).toEqual(['cores']);
    expect(warnings({ cpuQuotaCores: 0.5, loadAverage1m: 0.3 })).toEqual(['cores', 'load average']);
    expect(warnings({ freeFiles: 1000 })).toEqual(['open files']);
    expect(warnings({ loadAverage1m: 1.01 })).toEqual(['load average']);
  });

  it('names a quota beside the cores', () => {
    expect(remarksOn(limits({ cpuQuotaCores: 0.5 }))[0]?.message).toMatch(
      /^2, of which a CPU quota \(cgroup\) allows 0\.5 cores: /,
    );
  });

  it('leaves out what the system does not tell', () => {
    const about = remarksOn(limits({ freeFiles: null, localPorts: null })).map((remark) => remark.about);
    expect(about).toEqual(['cores', 'load average']);
  });
});

describe('isHonest', () => {
  const trial = { planned: 10_000, completedInWindow: 10_000 } as Outcomes;
  const inTime = latency({ p99: 1 });

  it('holds when all went out in time and came back', () => {
    expect(isHonest(trial, 10_000, inTime)).toBe(true);
    expect(isHonest({ ...trial, completedInWindow: 9990 }, 9990, inTime)).toBe(true);
  });

  it.each<[string, Outcomes, number, number | null]>([
    ['some were not released', trial, 9989, 1],
    ['some were not answered in the window', { ...trial, completedInWindow: 9989 }, 10_000, 1],
    ['the lag was too long', trial, 10_000, 1.001],
    ['nothing was released at all', trial, 0, null],
  ])('does not hold when %s', (_, outcomes, released, p99) => {
    expect(isHonest(outcomes, released, latency({ p99 }))).toBe(false);
  });
});
