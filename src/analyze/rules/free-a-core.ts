import type { CellRecord } from '../../model/results/cell-record.js';

const MOST_HOST_CPU_PERCENT = 50;

/** What gives the generator the time that it lacks. */
export function freeACore({
  generator: { hostCpuPercent, realTime },
}: Pick<CellRecord, 'generator'>): string {
  const core = 'free a core for the generator';
  const isCrowded = hostCpuPercent !== null && hostCpuPercent > MOST_HOST_CPU_PERCENT;
  return isCrowded && realTime !== true ? `${core} (as root on Linux --realtime puts it first)` : core;
}
