import { describe, expect, it } from 'vitest';
import { isHonest } from '../../src/analyze/honest-trial.js';
import { judgeFitness, remarksOn, type Way } from '../../src/analyze/judge-fitness.js';
import type { Outcomes } from '../../src/model/generation/measurements.js';
import { latency } from '../support/cells.js';
import { engineFitness, limits } from '../support/fitness.js';

describe('judgeFitness', () => {
  const { floor } = engineFitness();
  const slow = { ...floor, responseMs: { p50: 0.15, p99: 0.4 } };
  const relaxed = (highestRatePerSecond: number) =>
    engineFitness({ pacing: 'relaxed', floor: slow, highestRatePerSecond });
  const precise = (highestRatePerSecond: number) => engineFitness({ highestRatePerSecond });
  const two = engineFitness({ threads: 2, highestRatePerSecond: 120_000 });
  /** As on two cores: one thread, which spins from 20,000/s on. */
  const usual = (rate: number): Way => ({ threads: 1, pacing: rate < 20_000 ? 'relaxed' : 'precise' });

  it('concludes what a run would do by default, and names what does more', () => {
    const { message, ...verdict } = judgeFitness([relaxed(30_000), precise(40_000), two], usual);

    expect(verdict).toEqual({ state: 'fit', highestRatePerSecond: 40_000 });
    expect(message).toContain(
      'up to 40000 requests/s in time from here (1 thread with wire, precise pacing)',
    );
    expect(message).toContain('faster than 0.15 ms');
    expect(message).toContain('Up to 120000/s with --threads 2 --client wire --pacing precise');
  });

  it('judges a client by its own rows', () => {
    const way = (rate: number): Way => ({
      threads: 1,
      pacing: 'relaxed',
      client: rate <= 5000 ? 'undici' : 'wire',
    });
    const undici = engineFitness({
      pacing: 'relaxed',
      client: 'undici',
      floor: slow,
      highestRatePerSecond: 8000,
    });
    const wire = { ...relaxed(30_000), client: 'wire' } as const;

    expect(judgeFitness([wire, undici], way)).toMatchObject({
      highestRatePerSecond: 30_000,
      message: expect.stringContaining('faster than 0.15 ms'),
    });
    expect(judgeFitness([wire, { ...undici, highestRatePerSecond: 3000 }], way).highestRatePerSecond).toBe(
      3000,
    );
  });

  it('stops at the first rate that its usual way cannot send', () => {
    expect(judgeFitness([relaxed(15_000), precise(40_000)], usual).highestRatePerSecond).toBe(15_000);
    expect(judgeFitness([relaxed(30_000), precise(10_000)], usual).highestRatePerSecond).toBe(19_000);
  });

  it('takes more threads, which were not tried, to do what fewer can', () => {
    const way = (rate: number): Way => ({ threads: Math.ceil(rate / 10_000), pacing: 'precise' });
    const tried = [precise(10_000), engineFitness({ threads: 2, highestRatePerSecond: 50_000 })];
    expect(judgeFitness(tried, way).highestRatePerSecond).toBe(50_000);
  });

  it('says so when only other ways were tried', () => {
    const verdict = judgeFitness([two], usual);
    expect(verdict).toMatchObject({ state: 'fit', highestRatePerSecond: 120_000 });
    expect(verdict.message).toContain('with --threads 2 --client wire --pacing precise');
    expect(verdict.message).toContain('was not tried');
  });

  it('finds a machine unfit that by default cannot send 1000/s in time', () => {
    expect(judgeFitness([relaxed(830), precise(40_000)], usual)).toMatchObject({
      state: 'unfit',
      highestRatePerSecond: 830,
      message: expect.stringContaining('--pacing precise'),
    });
    expect(judgeFitness([relaxed(1000)], usual).state).toBe('fit');
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
