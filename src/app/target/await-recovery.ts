import type { Clock } from '../../kernel/clock.js';
import { plural } from '../../kernel/format.js';
import type { Recovery } from '../../model/results/cell-record.js';
import { waitUntilRecovered, type RecoveryRequest } from '../../target/recovery-request.js';
import type { Target } from '../../target/target.js';
import type { Observer } from '../../model/live/run-events.js';

/** What may be asked of the target to learn whether it has recovered. Readiness is always asked, where that tells. */
export interface RecoveryRequests {
  /** Given when requests of the cell were abandoned, since the target may still be at work on them. */
  readonly safe?: RecoveryRequest | undefined;
  /** The cell's own request, which changes what the target holds: only for when nothing else tells. */
  readonly unsafe?: RecoveryRequest | undefined;
}

interface AwaitOptions extends RecoveryRequests {
  readonly clock: Clock;
  readonly target: Target;
  readonly readiness: RecoveryRequest | undefined;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

interface AwaitedRecovery {
  readonly hasRecovered: boolean;
  readonly waitedMs: number;
  readonly requests: Recovery['requests'];
  /** The same requests, in words. */
  readonly sent: string;
}

export const RECOVERY_LIMIT_MS = 5000;

/** Waits until the target has recovered from a cell, at most 5 s. */
export async function awaitRecovery(options: AwaitOptions): Promise<AwaitedRecovery> {
  const { clock, target, observe, signal } = options;
  const requests = recoveryRequestsOf(options);
  observe({
    kind: 'stage',
    message: `waiting until the target has recovered: ${requests.map(nameOf).join(', ')}`,
  });
  const startedUs = clock.nowUs();
  const wait = await waitUntilRecovered(clock, target, requests, RECOVERY_LIMIT_MS, signal);
  return {
    hasRecovered: wait.hasRecovered,
    waitedMs: (clock.nowUs() - startedUs) / 1000,
    requests: requests.map(({ operation: { method, path } }) => ({ method, path, count: wait.rounds })),
    sent: requests.map((one) => `${plural(wait.rounds, 'request')} to ${nameOf(one)}`).join(', '),
  };
}

function recoveryRequestsOf({ readiness, safe, unsafe, observe }: AwaitOptions): readonly RecoveryRequest[] {
  const requests = [readiness, safe].filter((one) => one !== undefined);
  if (requests.length > 0 || !unsafe) return requests;
  const message = `Only ${nameOf(unsafe)} tells whether the target has recovered: it is sent again, beside the load.`;
  observe({ kind: 'notice', message });
  return [unsafe];
}

function nameOf({ operation: { method, path } }: RecoveryRequest): string {
  return `${method} ${path}`;
}
