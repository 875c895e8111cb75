import { formatFigure } from '../kernel/format.js';
import type { CellRecord } from '../model/results/cell-record.js';

/** How long the target took after a spike: `12 s after its end (p95 …)`, `> 40 s`; undefined where the load has none. */
export function spikeRecoveryWords({ spikeRecovery }: Pick<CellRecord, 'spikeRecovery'>): string | undefined {
  if (spikeRecovery === undefined) return undefined;
  const { seconds, moreThanSeconds, reason, before } = spikeRecovery;
  if (reason !== null || before === null)
    return `not known: ${reason ?? 'nothing is known of the time before'}`;
  const took = seconds === null ? `> ${formatFigure(moreThanSeconds ?? 0)} s` : `${formatFigure(seconds)} s`;
  const level = `p95 ${formatFigure(before.p95Ms)} ms, ${formatFigure(before.inFlight)} in flight`;
  return `${took} until it was as in the ${before.seconds} s before (${level})`;
}
