import { describe, expect, test } from 'vitest';
import { figuresOf } from '../../src/model/figures/gauge-figures.js';
import { SPIKE_RECOVERY } from '../../src/model/figures/spike-figures.js';
import type { SpikeRecovery } from '../../src/model/results/spike-recovery.js';
import { spikeRecoveryWords } from '../../src/report/spike-words.js';
import { cell } from '../support/cells.js';

const SEEN: SpikeRecovery = {
  spike: { startMs: 30_000, endMs: 40_000 },
  before: { seconds: 30, p95Ms: 12, inFlight: 3 },
  ...{ seconds: 8, moreThanSeconds: null, reason: null },
};
const NOT_SEEN: SpikeRecovery = { ...SEEN, seconds: null, moreThanSeconds: 40 };
const UNKNOWN: SpikeRecovery = { ...SEEN, before: null, seconds: null, reason: 'nothing ended before it' };

describe('the recovery after a spike', () => {
  test.each([
    [SEEN, '8.00 s until it was as in the 30 s before (p95 12.0 ms, 3.00 in flight)'],
    [NOT_SEEN, '> 40.0 s until it was as in the 30 s before (p95 12.0 ms, 3.00 in flight)'],
    [UNKNOWN, 'not known: nothing ended before it'],
  ])('in words', (spikeRecovery, words) => {
    expect(spikeRecoveryWords({ spikeRecovery })).toBe(words);
  });

  test.each([
    [SEEN, { value: 8, isLowerBound: false }],
    [NOT_SEEN, { value: 40, isLowerBound: true }],
    [UNKNOWN, null],
  ])('as a figure', (spikeRecovery, figure) => {
    expect(SPIKE_RECOVERY.storedOf(cell({ spikeRecovery }))).toEqual(figure);
  });

  test('is a figure only of cells whose load has a spike', () => {
    const ids = (cells: Parameters<typeof figuresOf>[0]): string[] => figuresOf(cells).map(({ id }) => id);
    expect(ids([cell()])).not.toContain('spike-recovery');
    expect(ids([cell(), cell({ spikeRecovery: SEEN })])).toContain('spike-recovery');
    expect(spikeRecoveryWords(cell())).toBeUndefined();
  });
});
