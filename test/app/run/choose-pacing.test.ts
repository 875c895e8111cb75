import { describe, expect, it } from 'vitest';
import { choosePacing, type PacingFacts } from '../../../src/app/run/choose-pacing.js';

const facts: PacingFacts = {
  wanted: 'auto',
  ratePerSecond: 1000,
  threads: 1,
  cores: 2,
  quotaCores: null,
  localWorkers: 1,
};

describe('choosePacing', () => {
  it.each<[string, Partial<PacingFacts>, 'precise' | 'relaxed']>([
    ['a local target on two cores', {}, 'relaxed'],
    ['a local target, a core for each and two for the others', { cores: 4 }, 'precise'],
    ['one core too few for that', { cores: 3 }, 'relaxed'],
    ['four workers on six cores', { cores: 6, localWorkers: 4 }, 'relaxed'],
    ['four workers on seven cores', { cores: 7, localWorkers: 4 }, 'precise'],
    ['two threads on four cores', { cores: 4, threads: 2 }, 'relaxed'],
    ['a target elsewhere, two cores', { localWorkers: 0 }, 'precise'],
    ['a target elsewhere, one core', { localWorkers: 0, cores: 1 }, 'relaxed'],
    ['a rate at which a thread hardly sleeps', { ratePerSecond: 20_000 }, 'precise'],
    ['a quota that leaves a core to nobody', { cores: 8, quotaCores: 0.5, localWorkers: 0 }, 'relaxed'],
    ['a quota as small as the thread alone', { cores: 8, quotaCores: 1, localWorkers: 0 }, 'relaxed'],
    ['a quota with a core for the others', { cores: 8, quotaCores: 2, localWorkers: 0 }, 'precise'],
    ['a quota that is just too small for the target', { cores: 8, quotaCores: 3.9 }, 'relaxed'],
    ['a quota that is just large enough for it', { cores: 8, quotaCores: 4 }, 'precise'],
    [
      'a quota at a rate at which a thread hardly sleeps',
      { ratePerSecond: 20_000, quotaCores: 1.5 },
      'relaxed',
    ],
    ['a quota beyond the machine', { ratePerSecond: 20_000, quotaCores: 2 }, 'precise'],
    ['that rate without a core for the target', { ratePerSecond: 20_000, cores: 1 }, 'relaxed'],
  ])('for %s', (_, changes, expected) => {
    const { pacing, why } = choosePacing({ ...facts, ...changes });
    expect(pacing).toBe(expected);
    expect(why).not.toBeNull();
  });

  it('names the quota when it is the reason', () => {
    expect(choosePacing({ ...facts, cores: 8, quotaCores: 0.5 }).why).toBe(
      'spinning would use up the CPU quota of 0.5 cores',
    );
  });

  it('leaves a choice of the user alone, and does not explain it', () => {
    expect(choosePacing({ ...facts, wanted: 'precise' })).toEqual({ pacing: 'precise', why: null });
  });
});
