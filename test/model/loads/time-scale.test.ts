import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FlagReader, type RunFlags } from '../../../src/config/flag-reader.js';
import { loadWords } from '../../../src/config/load-words.js';
import { durationMsOf, populationOf, scheduleOfAll } from '../../../src/model/loads/index.js';
import { readLoads } from '../../../src/model/loads/read-loads.js';

function asked(flags: RunFlags, given: Record<string, unknown> = {}) {
  const read = new FlagReader();
  const { loads, timeScale } = readLoads(loadWords(read, flags, 1), given);
  return { load: loads[0], loads, timeScale, problems: read.problems };
}

/** The same load as it is written, and scaled. */
function bothOf(flags: RunFlags, timeScale: string) {
  const [own, scaled] = [asked(flags).load, asked({ ...flags, timeScale })];
  if (own === undefined || scaled.load === undefined) throw new Error('No load was read.');
  expect(scaled.problems).toEqual([]);
  return { own, scaled: scaled.load };
}

describe('a time scale', () => {
  test.each<[RunFlags, string, object]>([
    [{ rates: ['100'], duration: '10s' }, '0.1', { durationMs: 1000 }],
    [{ rates: ['100'], duration: '3s' }, '0.1', { durationMs: 300 }],
    [{ rates: ['100'] }, '2', { durationMs: 20_000 }],
    [{ rates: ['9'], arrivals: 'poisson' }, '0.5', { durationMs: 5000, arrivals: 'poisson' }],
    [
      { stages: '0:100@2m, 500@30s' },
      '0.1',
      {
        stages: [
          { fromRatePerSecond: 0, toRatePerSecond: 100, durationMs: 12_000 },
          { fromRatePerSecond: 100, toRatePerSecond: 500, durationMs: 3000 },
        ],
      },
    ],
    [
      { users: ['0:10@1m'], think: '1s' },
      '0.1',
      {
        stages: [{ fromUsers: 0, toUsers: 10, durationMs: 6000 }],
        think: { kind: 'constant', ms: 1000 },
      },
    ],
    [
      { users: ['50'], spawnRate: '5', think: '1s', duration: '1m' },
      '0.1',
      { durationMs: 6000, spawnRatePerSecond: 50, think: { kind: 'constant', ms: 1000 } },
    ],
  ])('of %j scales durations and spawn times, and nothing else', (flags, timeScale, wanted) => {
    const { own, scaled } = bothOf(flags, timeScale);
    expect(scaled).toEqual({ ...own, ...wanted });
  });

  test('scales every instant of any stages, and keeps their rates', () => {
    const stage = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 20 }));
    fc.assert(
      fc.property(
        fc.array(stage, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(0.25, 0.5, 2),
        (list, factor) => {
          const notation = list.map(([rate, seconds]) => `${rate}@${seconds}s`).join(', ');
          const { own, scaled } = bothOf({ stages: notation }, String(factor));
          const [before, after] = [scheduleOfAll(own), scheduleOfAll(scaled)];
          expect(Math.abs((after?.planned ?? 0) - (before?.planned ?? 0) * factor)).toBeLessThanOrEqual(1);
          expect(durationMsOf(scaled)).toBeCloseTo((durationMsOf(own) ?? 0) * factor, 6);
        },
      ),
    );
  });

  test('scales when users start', () => {
    const { own, scaled } = bothOf({ users: ['10'], spawnRate: '2', duration: '20s' }, '0.1');
    const [before, after] = [own, scaled].map((load) => populationOf(load));
    for (let user = 0; user < 10; user += 1)
      expect(after?.spansOf(user)[0]?.fromUs).toBeCloseTo((before?.spansOf(user)[0]?.fromUs ?? 0) / 10, 6);
  });

  test('of the command line counts before that of the scenario', () => {
    const given = { timeScale: 0.5 };
    expect(asked({}, given)).toMatchObject({ timeScale: 0.5, load: { durationMs: 5000 } });
    expect(asked({ timeScale: '0.1' }, given)).toMatchObject({ timeScale: 0.1, load: { durationMs: 1000 } });
    expect(asked({ timeScale: '1' }, given)).toMatchObject({ timeScale: 1, load: { durationMs: 10_000 } });
  });

  const EXPECTED = '--time-scale: expected a number from 0.001 to 1000';
  test.each<[RunFlags, string]>([
    [{ timeScale: '0' }, `${EXPECTED}, came "0"`],
    [{ timeScale: '-1' }, `${EXPECTED}, came "-1"`],
    [{ timeScale: 'fast' }, `${EXPECTED}, came "fast"`],
    [{ timeScale: '' }, `${EXPECTED}, came nothing`],
    [{ timeScale: '10%' }, `${EXPECTED}, came "10%"`],
    [
      { timeScale: '0.001', duration: '10ms' },
      '--time-scale: scaled by 0.001, the window lasts 0.01ms, and 1ms to 24h are possible',
    ],
    [
      { timeScale: '1000', stages: '5@12h' },
      '--time-scale: scaled by 1000, the window lasts 720000m, and 1ms to 24h are possible',
    ],
    [
      { timeScale: '0.1', requests: '100' },
      '--time-scale: nothing of 100 requests, 10 at once (closed loop) has a duration that could be scaled',
    ],
  ])('%j is refused', (flags, problem) => {
    expect(asked(flags).problems).toEqual([problem]);
  });

  test('is not asked of stages that are wrong themselves', () => {
    expect(asked({ timeScale: '0.1', stages: 'nonsense' }).problems).toHaveLength(1);
  });

  test('of a scenario lets a number of requests be', () => {
    expect(asked({ requests: '100' }, { timeScale: 0.1 }).problems).toEqual([]);
  });
});
