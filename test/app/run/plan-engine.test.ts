import { describe, expect, it } from 'vitest';
import { planEngine } from '../../../src/app/run/plan-engine.js';
import { FlagReader } from '../../../src/config/flag-reader.js';
import { resolveRunConfig } from '../../../src/config/resolve-run-config.js';
import type { RunConfig } from '../../../src/model/config/run-config.js';
import { scenarioSchema } from '../../../src/model/config/scenario.js';
import { engineFitness, fitness, limits } from '../../support/fitness.js';

function plansAt(...rates: readonly number[]): RunConfig['loads'] {
  return rates.map((ratePerSecond) => ({
    kind: 'constant-rate',
    ratePerSecond,
    durationMs: 1000,
    arrivals: 'constant',
  }));
}

function config(changes: Partial<RunConfig> = {}): RunConfig {
  const scenario = { scenario: scenarioSchema.parse({ name: 'x' }), folder: '/' };
  const url = { url: 'http://127.0.0.1:1' };
  return { ...resolveRunConfig(url, scenario, { freeFiles: 10_000 }), ...changes };
}

describe('planEngine', () => {
  it.each<[string, Partial<RunConfig>, number, number]>([
    ['a rate that one can send', { loads: plansAt(1000, 30_000) }, 8, 1],
    ['a rate that needs two', { loads: plansAt(31_000) }, 8, 2],
    ['a slower client', { loads: plansAt(6000), client: 'undici' }, 8, 2],
    ['a core that is left to the target', { loads: plansAt(900_000) }, 4, 3],
    ['a single core', { loads: plansAt(900_000) }, 1, 1],
    ['what the user has said', { threads: 5 }, 2, 5],
  ])('chooses threads by %s', (_, changes, cores, expected) => {
    expect(planEngine(config(changes), limits({ cores }), true, undefined).threads).toBe(expected);
  });

  it('counts a quota as cores: whole ones for threads, and none of them to spin on', () => {
    const quota = limits({ cores: 8, cpuQuotaCores: 2.5 });
    const busy = config({ loads: plansAt(900_000) });
    expect(planEngine(busy, quota, true, undefined).threads).toBe(1);
    const { notices } = planEngine(config(), limits({ cores: 8, cpuQuotaCores: 0.5 }), true, undefined);
    expect(notices).toEqual([
      'Load from 1 thread with undici, relaxed pacing: spinning would use up the CPU quota of 0.5 cores.',
      expect.stringMatching(/^bench runs under a CPU quota \(cgroup\) of 0\.5 cores: /),
    ]);
  });

  it('says once what it has chosen, and why', () => {
    const { notices } = planEngine(config(), limits(), true, undefined);

    expect(notices).toEqual([
      'Load from 1 thread with undici, relaxed pacing: spinning would take a core from the others on these 2.',
    ]);
  });

  it.each<[string, Partial<RunConfig>, string]>([
    ['undici for all that one thread of it can send', { loads: plansAt(5000) }, 'undici'],
    ['wire beyond, for the whole run', { loads: plansAt(100, 5001) }, 'wire'],
    ['undici for the parts of several threads', { loads: plansAt(10_000), threads: 2 }, 'undici'],
    ['what the user has said', { loads: plansAt(10), client: 'wire' }, 'wire'],
  ])('takes %s', (_, changes, expected) => {
    expect(planEngine(config(changes), limits(), true, undefined).client).toBe(expected);
  });

  it('warns of a client that cannot carry the rate', () => {
    const told = config({ pacing: 'relaxed', loads: plansAt(20_000), client: 'undici', threads: 2 });

    expect(planEngine(told, limits(), true, undefined).notices).toEqual([
      expect.stringMatching(
        /^One thread sends up to about 5000\/s in time with undici, and is to send 10000\/s: .* --client wire\.$/,
      ),
    ]);
    expect(planEngine({ ...told, loads: plansAt(10_000) }, limits(), true, undefined).notices).toEqual([]);
  });

  it('says nothing of what the user has chosen', () => {
    expect(planEngine(config({ pacing: 'precise' }), limits(), true, undefined).notices).toEqual([]);
  });

  it('refers to what the doctor has found when it is asked for more', () => {
    const relaxed = { pacing: 'relaxed', client: 'undici', highestRatePerSecond: 1500 } as const;
    const found = fitness({ engine: [engineFitness(), engineFitness(relaxed)] });
    const told = config({ pacing: 'relaxed', loads: plansAt(1500, 2000) });

    expect(planEngine(told, limits(), true, found).notices).toEqual([
      expect.stringContaining('2000/s is more than the 1500/s that `bench doctor` found'),
    ]);
    expect(planEngine({ ...told, loads: plansAt(1500) }, limits(), true, found).notices).toEqual([]);
    expect(planEngine(told, limits({ cores: 3 }), true, found).notices).toEqual([]);
    expect(planEngine(told, limits({ cpuQuotaCores: 1.5 }), true, found).notices).toEqual([]);
    expect(planEngine({ ...told, client: 'wire' }, limits(), true, found).notices).toEqual([]);
    // In another way it can be sent, or was not tried.
    expect(planEngine({ ...told, pacing: 'precise' }, limits(), true, found).notices).toEqual([]);
    expect(planEngine({ ...told, threads: 2 }, limits({ cores: 2 }), true, found).notices).toEqual([]);
  });
});

it('reads the number of threads, or auto', () => {
  const scenario = { scenario: scenarioSchema.parse({ name: 'x' }), folder: '/' };
  const read = (threads: string) =>
    resolveRunConfig({ url: 'http://127.0.0.1:1', threads }, scenario, { freeFiles: null }).threads;
  expect([read('3'), read('auto')]).toEqual([3, 'auto']);
  expect(() => read('0')).toThrow('--threads: expected a whole number from 1 to 64');
  expect(new FlagReader().problems).toEqual([]);
});
