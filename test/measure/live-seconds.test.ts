import { describe, expect, it } from 'vitest';
import { LiveSeconds } from '../../src/measure/live-seconds.js';
import type { Tick } from '../../src/model/generation/generator.js';
import type { Load } from '../../src/model/loads/index.js';
import { parseStages } from '../../src/model/loads/stages-notation.js';

const plan: Load = { kind: 'constant-rate', ratePerSecond: 100, durationMs: 2500, arrivals: 'constant' };
const looked = { elapsedMs: 1000, values: { 'target.cpu': 50, 'target.memory': 1e6 } };

function tick(changes: Partial<Tick> = {}): Tick {
  return {
    ...{ phase: 'window', second: 0, elapsedMs: 1000.2, released: 101, sent: 100, succeeded: 90, failed: 2 },
    ...{ timedOut: 0, inFlight: 8, p50Ms: 1, p99Ms: 2 },
    ...changes,
  };
}

describe('the seconds of a cell', () => {
  it('hold what happened in each, made of totals', () => {
    const seconds = new LiveSeconds(plan);
    const first = seconds.read(tick(), looked);
    const second = seconds.read(
      tick({
        second: 1,
        elapsedMs: 2000.4,
        released: 201,
        sent: 201,
        succeeded: 195,
        failed: 2,
        inFlight: 4,
      }),
      looked,
    );

    expect(first).toMatchObject({ second: 0, sent: 100, succeeded: 90, failed: 2, inFlight: 8, waiting: 1 });
    expect(second).toMatchObject({
      second: 1,
      sent: 101,
      succeeded: 105,
      failed: 0,
      inFlight: 4,
      waiting: 0,
    });
    expect(second).toMatchObject({ cpuPercent: 50, memoryBytes: 1e6, targetRatePerSecond: 100 });
  });

  it('count nothing in a warm-up', () => {
    const second = new LiveSeconds(plan).read(tick({ phase: 'warm-up', sent: 0, succeeded: 0 }), undefined);

    expect(second).toMatchObject({
      phase: 'warm-up',
      sent: null,
      succeeded: null,
      targetRatePerSecond: null,
    });
  });

  it('never tell of one second twice', () => {
    const seconds = new LiveSeconds(plan);
    const numbers = [tick({ second: 1 }), tick({ second: 1 }), tick({ second: 2 })];

    expect(numbers.map((one) => seconds.read(one, undefined).second)).toEqual([1, 2, 3]);
  });

  it('aim at the mean rate of each, and at none in the drain', () => {
    const ramp: Load = { kind: 'stages', stages: parseStages('0:100@2500ms').stages };
    const seconds = new LiveSeconds(ramp);
    const told = [0, 1, 2].map((second) => seconds.read(tick({ second }), undefined).targetRatePerSecond);
    const drain = seconds.read(tick({ phase: 'drain', second: 3 }), undefined);

    expect(told).toEqual([20, 60, 90]);
    expect(drain.targetRatePerSecond).toBe(0);
  });

  it('let nothing wait that never was released', () => {
    const ended = tick({
      phase: 'drain',
      released: 50,
      sent: 50,
      succeeded: 50,
      failed: 200,
      timedOut: 0,
      inFlight: 0,
    });

    expect(new LiveSeconds(plan).read(ended, undefined).waiting).toBe(0);
  });
});
