import type { BandFloor, NoiseFloor } from '../../src/model/results/noise-floor.js';
import { machineOf } from '../../src/model/results/noise-floor.js';
import { runRecord } from './runs.js';

export function bandFloor(changes: Partial<BandFloor> = {}): BandFloor {
  const pooled = { repeats: 5, cells: 4, degreesOfFreedom: 16 };
  return { figure: 'p50', band: 'low', sdLog: 0.02, ...pooled, ...changes };
}

/** Of the machine on which `runRecord()` was measured. */
export function noiseFloor(changes: Partial<NoiseFloor> = {}): NoiseFloor {
  return {
    schemaVersion: 1,
    tool: { name: 'openapi-bench', version: '0.1.0' },
    machine: machineOf(runRecord()),
    measuredAt: '2026-01-15T12:00:00.000Z',
    scenario: 'node-sqlite',
    runs: 5,
    figures: [
      bandFloor(),
      bandFloor({ band: 'medium', sdLog: 0.03 }),
      bandFloor({ band: 'high', sdLog: 0.08 }),
      bandFloor({ figure: 'p99', band: 'low', sdLog: 0.05 }),
      bandFloor({ figure: 'p99', band: 'medium', sdLog: 0.07 }),
      bandFloor({ figure: 'p99', band: 'high', sdLog: 0.2 }),
    ],
    falseAlarms: { comparisons: 20, repeats: 2, cells: 12, withRegressed: 0, withImproved: 1 },
    detectable: [{ figure: 'p50', band: 'low', percent: 10, repeats: 3 }],
    ...changes,
  };
}
