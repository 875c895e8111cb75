import { formatFigure } from '../kernel/format.js';
import type { CellRecord } from '../model/results/cell-record.js';
import type { LatencyFigures } from '../model/results/operation-record.js';

const COMPARED = ['p50', 'p95', 'p99'] as const;

/**
 * The response time of the successes alone, where it tells another story than that of all planned requests: fast
 * refusals make a target look fast, time-outs make it look slow. `undefined` where figures as they are printed agree.
 */
export function tellingSuccessLatency({ latencyMs, counts }: CellRecord): LatencyFigures | undefined {
  const { response, succeeded } = latencyMs;
  if (succeeded === undefined || counts.succeeded === 0 || counts.succeeded === counts.planned)
    return undefined;
  const printed = (value: number | null): string => (value === null ? '' : formatFigure(value));
  const differs = COMPARED.some((name) => printed(response[name]) !== printed(succeeded[name]));
  return differs ? succeeded : undefined;
}
