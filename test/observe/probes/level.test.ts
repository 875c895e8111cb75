import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { levelOutcome, pointsOf } from '../../../src/observe/probes/level.js';
import { processesProbe } from '../../../src/observe/probes/processes.js';
import { FakeClock } from '../../support/fake-clock.js';

test('a level has a mean and a peak; a look that did not know it is left out', () => {
  const samples = [
    { elapsedMs: 0, values: { a: 10 } },
    { elapsedMs: 500, values: { b: 1 } },
    { elapsedMs: 1000, values: { a: 30 } },
  ];
  expect(levelOutcome(pointsOf(samples, 'a'))).toEqual({
    ...{ mean: 20, max: 30, growthPerMinute: null, samples: 2 },
  });
  expect(levelOutcome(pointsOf(samples, 'c'))).toEqual({ why: 'no look has found it' });
});

describe('growth', () => {
  const growing = (seconds: number, perMinute: number, noise = 0): number | null => {
    const points = Array.from({ length: seconds * 2 + 1 }, (_, at) => ({
      elapsedMs: at * 500,
      value: 1e8 + (at * 500 * perMinute) / 60_000 + (at % 2 === 0 ? noise : -noise),
    }));
    const outcome = levelOutcome(points);
    return 'why' in outcome ? null : outcome.growthPerMinute;
  };

  test('is not told of less than a minute', () => {
    expect(growing(59, 1e6)).toBeNull();
    expect(growing(60, 1e6)).toBeCloseTo(1e6, 0);
  });

  test('is the slope, up or down, through noise', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.integer({ min: 0, max: 1000 }),
        (perMinute, noise) => {
          expect(Math.abs(growing(90, perMinute, noise)! - perMinute)).toBeLessThan(1 + noise / 10);
        },
      ),
    );
  });
});

describe('the processes of the target', () => {
  const open = (): ReturnType<typeof processesProbe.open> =>
    processesProbe.open({
      clock: new FakeClock(),
      target: { processes: () => [process.pid], unmeasured: null },
    });
  const sample = (elapsedMs: number, cpu: number, memory = 1) => ({
    elapsedMs,
    values: { 'target.cpu': cpu, 'target.memory': memory, 'target.processes': 1 },
  });

  test('are not known without two looks that are further apart than a few ticks', () => {
    const why = 'its processes were seen for less than 50 ms';
    for (const samples of [[], [sample(0, 0)], [sample(5, 0), sample(54, 9)]])
      expect(open().outcomes(samples)).toMatchObject({ 'target.cpu': { why }, 'target.memory': { why } });
    expect(open().outcomes([sample(5, 0), sample(55, 9)])['target.cpu']).toMatchObject({ max: 9 });
  });

  test('have a peak of CPU without the first look, which knows no rate', () => {
    const outcomes = open().outcomes([sample(0, 999, 10), sample(500, 80, 30), sample(2000, 120, 20)]);
    expect(outcomes['target.cpu']).toMatchObject({ max: 120, samples: 3, total: 0 });
    expect(outcomes['target.memory']).toMatchObject({ mean: 20, max: 30 });
  });

  test('have as mean of the CPU its time over the span of the looks', async () => {
    const probe = open();
    const first = await probe.look({ isFirst: true, isLast: false, elapsedMs: () => 0 });
    const endMs = performance.now() + 60;
    while (performance.now() < endMs);
    const second = await probe.look({ isFirst: false, isLast: true, elapsedMs: () => 200 });
    const cpu = probe.outcomes([first!, second!])['target.cpu'] as { mean: number; total: number };
    expect(cpu.total).toBeGreaterThan(0);
    expect(cpu.mean).toBeCloseTo(cpu.total / 2);
  });
});
