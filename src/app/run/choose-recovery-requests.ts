import type { PreflightResult } from '../../model/results/preflight.js';
import { resultOf } from '../../model/results/preflight.js';
import type { BuiltOperation } from '../../model/requests/request.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import type { RecoveryRequest } from '../../target/recovery-request.js';
import type { RecoveryRequests } from '../target/await-recovery.js';

/** What the run has learnt so far. */
interface Known {
  readonly operations: readonly BuiltOperation[];
  readonly preflight: readonly PreflightResult[];
  readonly cells: readonly CellRecord[];
}

/** RFC 9110, 9.2.1, of those that answer with what the operation does. */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * What to ask the target after a cell: the cell's own request where that changes nothing, else the safe operation of
 * the run whose path is nearest and which is known to work. Nothing when none of its requests has timed out: then it is
 * enough that the target is ready.
 */
export function chooseRecoveryRequests(cell: CellRecord, known: Known): RecoveryRequests {
  // Those that bench gave up may still keep the target busy; all others the target itself has ended.
  if (cell.counts.timedOut === 0) return {};
  const asked = mostTimedOut(cell);
  const own = known.operations.find(({ operation }) => isSame(operation, asked));
  const ownBaselineMs = shortestMs(cell, asked) ?? (own && baselineMsOf(own, known)) ?? 0;
  if (own && isSafe(own)) return { safe: recoveryRequestOf(own, ownBaselineMs) };
  const [nearest] = known.operations
    .flatMap((one) => {
      const baselineMs = isSafe(one) ? baselineMsOf(one, known) : undefined;
      const near = nearness(one.operation.path, asked?.path ?? '');
      return baselineMs === undefined ? [] : [{ one, near, baselineMs }];
    })
    .sort((a, b) => b.near - a.near || a.baselineMs - b.baselineMs);
  if (nearest) return { safe: recoveryRequestOf(nearest.one, nearest.baselineMs) };
  return own && own.uniqueRows === undefined ? { unsafe: recoveryRequestOf(own, ownBaselineMs) } : {};
}

type Asked = CellRecord['subject']['operations'][number];

/** Of a mixture the operation of which most requests timed out: what still keeps the target busy. */
function mostTimedOut({ subject, byOperation = [] }: CellRecord): Asked | undefined {
  const timedOut = (at: number): number => byOperation[at]?.counts.timedOut ?? 0;
  const [most] = [...subject.operations.keys()].sort((a, b) => timedOut(b) - timedOut(a));
  return most === undefined ? undefined : subject.operations[most];
}

/** The shortest time in which a cell got an answer of the operation; undefined where it asked for none, or got none. */
function shortestMs(cell: CellRecord, asked: Pick<Asked, 'method' | 'path'> | undefined): number | undefined {
  const { subject, latencyMs, byOperation } = cell;
  const at = subject.operations.findIndex((one) => isSame(one, asked));
  if (at < 0) return undefined;
  // Of the operations of a mixture only the response time is known: the wait for a connection is part of it.
  return (byOperation ? byOperation[at]?.latencyMs.response.min : latencyMs.service.min) ?? undefined;
}

function succeededOf(
  { subject, counts, byOperation }: CellRecord,
  asked: Pick<Asked, 'method' | 'path'>,
): number {
  const at = subject.operations.findIndex((one) => isSame(one, asked));
  return at < 0 ? 0 : (byOperation?.[at]?.counts ?? counts).succeeded;
}

function isSame(
  one: Pick<Asked, 'method' | 'path'>,
  other: Pick<Asked, 'method' | 'path'> | undefined,
): boolean {
  // Documents give one operationId to several operations.
  return one.method === other?.method && one.path === other.path;
}

/** A row that is to be sent only once cannot be asked with. */
function isSafe({ operation, uniqueRows }: BuiltOperation): boolean {
  return SAFE.has(operation.method) && uniqueRows === undefined;
}

/** The shortest time in which it was answered well; undefined when it never was. */
function baselineMsOf({ operation }: BuiltOperation, { preflight, cells }: Known): number | undefined {
  const asked = resultOf(preflight, operation);
  const times = cells.flatMap((cell) =>
    succeededOf(cell, operation) > 0 ? [shortestMs(cell, operation) ?? Infinity] : [],
  );
  if (asked?.state === 'ok' && asked.answeredMs !== undefined) times.push(asked.answeredMs);
  const shortest = Math.min(...times);
  return shortest === Infinity ? undefined : shortest;
}

function recoveryRequestOf(
  { operation, blueprints }: BuiltOperation,
  baselineMs: number,
): RecoveryRequest | undefined {
  const [request] = blueprints;
  return request && { request, operation, baselineMs };
}

/** How many parts two paths have in common at their beginning: what lies close together most likely waits for the same. */
function nearness(one: string, other: string): number {
  const [parts, others] = [one.split('/'), other.split('/')];
  const differs = parts.findIndex((part, at) => part !== others[at]);
  return differs < 0 ? parts.length : differs;
}
