import { describe, expect, test } from 'vitest';
import { bucketOf } from '../../src/measure/buckets.js';
import { LiveFigures } from '../../src/measure/live-figures.js';
import type { PartialTick } from '../../src/model/generation/generator.js';

function tick(changes: Partial<PartialTick> = {}): PartialTick {
  return {
    ...{ phase: 'window', second: 0, elapsedMs: 1000, released: 0, sent: 0, succeeded: 0, failed: 0 },
    ...{ timedOut: 0, inFlight: 0, answers: [] },
    ...changes,
  };
}
/** Answers after so many milliseconds each. */
const answersOf = (...ms: number[]): PartialTick['answers'] => ms.map((one) => [bucketOf(one * 1000), 1]);

describe('the figures of a cell while it runs', () => {
  test('are of what has ended: nothing under way counts as failed', () => {
    const figures = new LiveFigures(10_000);
    figures.add(tick({ released: 1000, sent: 1000, inFlight: 700, succeeded: 297, failed: 3 }), undefined);
    expect(figures.source()).toMatchObject({ counts: { planned: 300, succeeded: 297 }, successRate: 0.99 });
  });

  test('hold the answers of all seconds, within 0.4 %', () => {
    const figures = new LiveFigures(10_000);
    figures.add(tick({ succeeded: 2, answers: answersOf(10, 20) }), undefined);
    figures.add(tick({ elapsedMs: 2000, succeeded: 4, answers: answersOf(30, 40) }), undefined);
    const { response } = figures.source().latencyMs;
    const near = (value: number | null, expected: number) =>
      expect(Math.abs((value ?? 0) - expected) / expected).toBeLessThan(0.005);
    near(response.p50, 20);
    near(response.p95, 40);
    near(response.mean, 25);
    near(response.min, 10);
    expect(response.lowerBounds).toEqual([]);
  });

  test('rank what ended without an answer last: what that touches is a lower bound', () => {
    const figures = new LiveFigures(10_000);
    const answers = answersOf(...Array.from({ length: 90 }, () => 50));
    figures.add(tick({ succeeded: 90, failed: 10, answers }), undefined);
    const { response } = figures.source().latencyMs;
    expect([...response.lowerBounds].sort()).toEqual(['max', 'mean', 'p95', 'p99', 'p999']);
    expect(response.p95).toBeCloseTo(response.p50 ?? 0, 6);
    // As if those without an answer had taken no time.
    expect((response.mean ?? 0) / 45).toBeCloseTo(1, 2);
  });

  test('tell the rate of the last half, since answers begin only after a response time', () => {
    const figures = new LiveFigures(10_000);
    for (let second = 1; second <= 10; second += 1)
      figures.add(tick({ elapsedMs: 1000 * second, succeeded: 100 * Math.max(0, second - 5) }), undefined);
    expect(figures.source().achievedRps).toBe(100);
  });

  test('hold the gauges so far, and nothing where nothing is known', () => {
    const figures = new LiveFigures(10_000);
    expect(figures.source()).toMatchObject({
      achievedRps: 0,
      gauges: {},
      latencyMs: { response: { p95: null } },
    });
    for (const value of [50, 70]) figures.add(tick(), { elapsedMs: 0, values: { 'target.cpu': value } });
    expect(figures.source().gauges?.['target.cpu']).toMatchObject({ mean: 60, max: 70, samples: 2 });
  });
});
