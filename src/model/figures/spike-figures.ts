import { spikeOf } from '../loads/index.js';
import type { FigureDefinition } from './figure.js';
import { SECONDS } from './units.js';

/** Of cells whose load has a spike. */
export const SPIKE_RECOVERY: FigureDefinition = {
  id: 'spike-recovery',
  title: 'Recovery after the spike',
  unit: SECONDS,
  better: 'lower',
  isOf: (load) => spikeOf(load) !== null,
  charted: [900],
  csv: 'spikeRecovery.seconds',
  storedOf({ spikeRecovery }) {
    const { seconds = null, moreThanSeconds = null } = spikeRecovery ?? {};
    if (seconds !== null) return { value: seconds, isLowerBound: false };
    return moreThanSeconds === null ? null : { value: moreThanSeconds, isLowerBound: true };
  },
};
