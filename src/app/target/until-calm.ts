import { sleep, type Clock } from '../../kernel/clock.js';
import { cpuMsOf } from '../../observe/process-usage.js';

const LOOK_PERIOD_MS = 250;
const MOST_LOOKS = 20;
const CALM_SHARE = 0.2;

/**
 * The first answer may come from one worker while others still load: waits until the CPU use of these processes
 * calms down, for a few seconds at most.
 */
export async function untilCalm(
  clock: Clock,
  processes: () => readonly number[],
  signal: AbortSignal,
): Promise<void> {
  let before = await cpuMsOf(processes);
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    await sleep(clock, LOOK_PERIOD_MS, signal);
    const now = await cpuMsOf(processes);
    if (now - before < CALM_SHARE * LOOK_PERIOD_MS) return;
    before = now;
  }
}
