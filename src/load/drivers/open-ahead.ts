import { sleep, type Clock } from '../../kernel/clock.js';
import type { Transport } from '../transport/transport.js';

const GAP_MS = 5;
/** So that opening does not take longer than half a second because of them. */
const MOST_GAPS = 100;

/**
 * Opens the connections of the first `count` slots, a few milliseconds apart: a server that hands connections out to
 * several workers in turn, as Node's cluster does, gives each worker as many only if it has the time to. Resolves when
 * each is open or has failed.
 */
export async function openAhead(
  clock: Clock,
  transport: Pick<Transport, 'open'>,
  count: number,
  signal: AbortSignal,
): Promise<void> {
  const atOnce = Math.ceil(count / MOST_GAPS);
  const opening: Promise<void>[] = [];
  for (let slot = 0; slot < count && !signal.aborted; slot += 1) {
    opening.push(transport.open(slot));
    if ((slot + 1) % atOnce === 0) await sleep(clock, GAP_MS);
  }
  await Promise.all(opening);
}
