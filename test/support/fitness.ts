import type { EngineFitness, Fitness, MachineLimits } from '../../src/model/results/fitness.js';
import { runRecord } from './runs.js';

export function limits(changes: Partial<MachineLimits> = {}): MachineLimits {
  return {
    cores: 2,
    freeFiles: 19_980,
    localPorts: 28_232,
    reusesPorts: true,
    loadAverage1m: 0.12,
    ...changes,
  };
}

export function engineFitness(changes: Partial<EngineFitness> = {}): EngineFitness {
  return {
    threads: 1,
    pacing: 'precise',
    floor: {
      ratePerSecond: 1000,
      sendLagMs: { p50: 0.001, p99: 0.021 },
      responseMs: { p50: 0.062, p99: 0.131 },
      cpuPercent: 101.3,
    },
    highestRatePerSecond: 95_000,
    ...changes,
  };
}

export function fitness(changes: Partial<Fitness> = {}): Fitness {
  return {
    schemaVersion: 1,
    tool: { name: 'openapi-bench', version: '0.1.0' },
    at: '2026-01-15T12:00:00.000Z',
    environment: runRecord().environment,
    limits: limits(),
    remarks: [],
    engine: [engineFitness()],
    verdict: { state: 'fit', highestRatePerSecond: 95_000, message: 'It will do.' },
    ...changes,
  };
}
