import type { Clock } from '../kernel/clock.js';
import { plural } from '../kernel/format.js';
import type { Recovery } from '../model/run-record.js';
import { waitUntilRecovered, type Probe } from '../target/probe.js';
import type { Target } from '../target/target.js';
import type { Observer } from './run-events.js';

/** What may be asked of the target to learn whether it has recovered. Readiness is always asked, where that tells. */
export interface RecoveryProbes {
  /** Given when requests of the cell were abandoned, since the target may still be at work on them. */
  readonly safe?: Probe | undefined;
  /** The cell's own request, which changes what the target holds: only for when nothing else tells. */
  readonly unsafe?: Probe | undefined;
}

interface AwaitOptions extends RecoveryProbes {
  readonly clock: Clock;
  readonly target: Target;
  readonly readiness: Probe | undefined;
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
  const probes = probesOf(options);
  observe({
    kind: 'stage',
    message: `waiting until the target has recovered: ${probes.map(nameOf).join(', ')}`,
  });
  const startedUs = clock.nowUs();
  const wait = await waitUntilRecovered(clock, target, probes, RECOVERY_LIMIT_MS, signal);
  return {
    hasRecovered: wait.hasRecovered,
    waitedMs: (clock.nowUs() - startedUs) / 1000,
    requests: probes.map(({ operation: { method, path } }) => ({ method, path, count: wait.rounds })),
    sent: probes.map((probe) => `${plural(wait.rounds, 'request')} to ${nameOf(probe)}`).join(', '),
  };
}

function probesOf({ readiness, safe, unsafe, observe }: AwaitOptions): readonly Probe[] {
  const probes = [readiness, safe].filter((one) => one !== undefined);
  if (probes.length > 0 || !unsafe) return probes;
  const message = `Only ${nameOf(unsafe)} tells whether the target has recovered: it is sent again, beside the load.`;
  observe({ kind: 'notice', message });
  return [unsafe];
}

function nameOf({ operation: { method, path } }: Probe): string {
  return `${method} ${path}`;
}
