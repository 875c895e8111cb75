import type { GeneratorShare } from '../model/generator.js';
import type { PreparedOperation } from '../model/request.js';
import type { RunConfig } from '../model/run-config.js';

/** One cell that is to be measured. */
export interface PlannedCell {
  readonly operation: PreparedOperation;
  readonly ratePerSecond: number;
  readonly workers: number;
  readonly repeat: number;
  /** For people: `get_item 1000/s, 4 workers`. */
  readonly name: string;
  /** Parts of the name of its files. */
  readonly idParts: readonly string[];
  /** With warm-up, and a little for recovery. */
  readonly expectedMs: number;
}

const RECOVERY_MS = 400;

/** All cells of a run in their order: repeats outermost, then workers, rates, operations. */
export function planCells(config: RunConfig, operations: readonly PreparedOperation[]): PlannedCell[] {
  const { repeats, workers, ratesPerSecond } = config;
  const cells: PlannedCell[] = [];
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    for (const count of workers) {
      for (const ratePerSecond of ratesPerSecond) {
        for (const operation of operations)
          cells.push(plannedCell(config, operation, ratePerSecond, count, repeat));
      }
    }
  }
  return cells;
}

function plannedCell(
  config: RunConfig,
  operation: PreparedOperation,
  ratePerSecond: number,
  workers: number,
  repeat: number,
): PlannedCell {
  const { id } = operation.operation;
  const workerPart = config.workers.length > 1 ? [`w${workers}`] : [];
  const repeatPart = config.repeats > 1 ? [`r${repeat}`] : [];
  return {
    operation,
    ratePerSecond,
    workers,
    repeat,
    name: `${id} ${ratePerSecond}/s${workerPart.length > 0 ? ` ${workerPart[0]}` : ''}`,
    idParts: [id, ...workerPart, String(ratePerSecond), ...repeatPart],
    expectedMs: config.warmupMs + config.durationMs + RECOVERY_MS,
  };
}

const WARM_UP_CONNECTIONS_PER_WORKER = 4;

/** What one generator is to do for a cell. */
export function shareOf(config: RunConfig, cell: PlannedCell, origin: string, cores: number): GeneratorShare {
  return {
    plan: {
      kind: 'constant-rate',
      ratePerSecond: cell.ratePerSecond,
      durationMs: config.durationMs,
      arrivals: 'constant',
    },
    part: { index: 0, of: 1 },
    endpoint: { origin, ...config.connection },
    client: config.client,
    blueprints: [...cell.operation.blueprints],
    ...(cell.operation.check === undefined ? {} : { check: cell.operation.check }),
    timeoutMs: config.timeoutMs,
    maxConnections: config.maxConnections,
    maxQueue: config.maxQueue,
    pacing: choosePacing(config, cell, cores),
    warmup: {
      durationMs: config.warmupMs,
      connections: WARM_UP_CONNECTIONS_PER_WORKER * cell.workers,
      ratePerSecond: cell.ratePerSecond,
    },
  };
}

/** Cores for the spinning thread, for the rest of the harness, and for the target's other threads. */
const SPARE_CORES_FOR_SPINNING = 3;

/** Spinning is exact and costs a core: it is chosen only when the target's workers leave enough free. */
function choosePacing({ pacing }: RunConfig, { workers }: PlannedCell, cores: number): 'precise' | 'relaxed' {
  if (pacing !== 'auto') return pacing;
  return cores >= workers + SPARE_CORES_FOR_SPINNING ? 'precise' : 'relaxed';
}
