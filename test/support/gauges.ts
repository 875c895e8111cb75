import type { ByProcess } from '../../src/model/results/by-process.js';
import type { GaugeReadings, GaugeSummaries, GaugeSummary } from '../../src/model/results/gauges.js';

type Changes = Partial<GaugeSummary>;

const sound: GaugeSummary = { title: '', unit: '', mean: 1, max: 1, growthPerMinute: null, samples: 21 };

export function cpuGauge(changes: Changes = {}): GaugeSummary {
  return { ...sound, title: 'CPU', unit: '%', mean: 66.4, max: 81, ...changes };
}

export function memoryGauge(changes: Changes = {}): GaugeSummary {
  const figures = { mean: 87 * 1024 * 1024, max: 91 * 1024 * 1024 };
  return { ...sound, title: 'Memory', unit: 'bytes', ...figures, ...changes };
}

/** Of a target of two processes. */
export function targetGauges(): GaugeSummaries {
  return {
    'target.cpu': cpuGauge(),
    'target.memory': memoryGauge(),
    'target.memory.pss': memoryGauge({
      ...{ title: 'Memory (PSS)', mean: 61 * 1024 * 1024, max: 62 * 1024 * 1024, samples: 3 },
    }),
    'target.processes': { ...sound, title: 'Processes', mean: 2, max: 2 },
  };
}

/** Of a target whose processes are unknown. */
export const NO_GAUGES: GaugeReadings = {
  ...{ summaries: {}, missing: {}, partly: {}, samples: [], charted: [], totals: {} },
  facts: { cpuQuota: { generator: null, target: null, isShared: false } },
  costs: {},
};

/** Of workers with so much CPU time and so many connections each, the busiest first, and a parent that does nothing. */
export function byProcess(cpuMs: readonly number[], connections: readonly number[]): ByProcess {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const peakToMean = (values: readonly number[]): number =>
    (Math.max(...values) * values.length) / sum(values);
  const worker = (ms: number, at: number): ByProcess['processes'][number] => ({
    ...{ name: 'python', isWorker: true, cpuMs: ms, cpuShare: ms / sum(cpuMs) },
    connections: { mean: connections[at] ?? 0, max: connections[at] ?? 0 },
  });
  const parent = {
    name: 'python uvicorn',
    isWorker: false,
    cpuMs: 0,
    cpuShare: 0,
    connections: { mean: 0, max: 0 },
  };
  return {
    processes: [...cpuMs.map(worker), parent],
    ...{ leftOut: 0, workers: cpuMs.length, connectionLooks: 3 },
    imbalance: { cpu: peakToMean(cpuMs), connections: peakToMean(connections) },
  };
}

/** Those that need the target's processes; those of the host do not. */
export function gaugesOfTarget(gauges: GaugeSummaries = {}): string[] {
  return Object.keys(gauges).filter((id) => id.startsWith('target.'));
}
