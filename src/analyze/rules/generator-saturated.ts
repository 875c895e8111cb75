import type { CellRule } from '../cell-rule.js';

const MOST_BUSY = 0.95;

const REMEDY =
  'lower the rate, or add --threads if there are cores for them; `bench doctor` tells what is possible';

/** Requests that waited for a connection then waited for the generator to read answers as well. */
export const generatorSaturated: CellRule = {
  id: 'generator-saturated',
  state: 'INVALID',
  explain({ generator: { busyShare, connectionLimitReached } }) {
    if (busyShare <= MOST_BUSY || !connectionLimitReached) return undefined;
    const busy = (100 * busyShare).toFixed(0);
    return {
      message: `the generator was at its own limit (a thread ${busy} % busy) while requests waited for a connection`,
      remedy: REMEDY,
      severity: busyShare,
    };
  },
};
