import { askedOf, asksOnly } from '../../model/results/subject.js';
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
  const own = known.operations.find(({ operation }) => asksOnly(cell.subject, operation));
  const ownBaselineMs = cell.latencyMs.service.min ?? (own && baselineMsOf(own, known)) ?? 0;
  if (own && isSafe(own)) return { safe: recoveryRequestOf(own, ownBaselineMs) };
  const [nearest] = known.operations
    .flatMap((one) => {
      const baselineMs = isSafe(one) ? baselineMsOf(one, known) : undefined;
      const near = nearness(one.operation.path, askedOf(cell.subject).path);
      return baselineMs === undefined ? [] : [{ one, near, baselineMs }];
    })
    .sort((a, b) => b.near - a.near || a.baselineMs - b.baselineMs);
  if (nearest) return { safe: recoveryRequestOf(nearest.one, nearest.baselineMs) };
  return own && own.uniqueRows === undefined ? { unsafe: recoveryRequestOf(own, ownBaselineMs) } : {};
}

/** A row that is to be sent only once cannot be asked with. */
function isSafe({ operation, uniqueRows }: BuiltOperation): boolean {
  return SAFE.has(operation.method) && uniqueRows === undefined;
}

/** The shortest time in which it was answered well; undefined when it never was. */
function baselineMsOf({ operation }: BuiltOperation, { preflight, cells }: Known): number | undefined {
  const asked = resultOf(preflight, operation);
  const times = cells.flatMap(({ subject, counts, latencyMs }) =>
    asksOnly(subject, operation) && counts.succeeded > 0 ? [latencyMs.service.min ?? Infinity] : [],
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
