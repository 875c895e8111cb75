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
  ...{ summaries: {}, missing: {}, partly: {}, details: {}, samples: [], charted: [], totals: {} },
};
