import { systemClock } from '../kernel/clock.js';
import { endAtOnce } from '../app/end-at-once.js';
import { EXIT } from './exit-codes.js';

/**
 * npm and npx pass Ctrl-C on to a program that the terminal has sent it to already: what follows within
 * this time is the same wish, not a second one.
 */
const SAME_WISH_MS = 80;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** As long as there is nothing to end cleanly, the first Ctrl-C ends at once, with our exit code. */
export function exitOnInterrupt(): void {
  for (const name of SIGNALS) process.on(name, exitInterrupted);
}

function exitInterrupted(): void {
  process.exit(EXIT.interrupted);
}

/** The first Ctrl-C (or SIGTERM) asks for a clean end, the second ends everything at once. */
export function abortOnInterrupt(onFirst: () => void): { signal: AbortSignal; release: () => void } {
  const stopper = new AbortController();
  let firstUs = 0;
  const onSignal = (): void => {
    const nowUs = systemClock.nowUs();
    if (stopper.signal.aborted) {
      // The prompt comes back only when everything of ours is gone.
      if (nowUs - firstUs > SAME_WISH_MS * 1000) void endAtOnce().then(exitInterrupted);
      return;
    }
    firstUs = nowUs;
    onFirst();
    stopper.abort(new Error('interrupted'));
  };
  for (const name of SIGNALS) process.off(name, exitInterrupted).on(name, onSignal);
  return {
    signal: stopper.signal,
    release: () => {
      for (const name of SIGNALS) process.off(name, onSignal).on(name, exitInterrupted);
    },
  };
}

/** The exit code of work that has nothing to keep when it is interrupted. */
export async function unlessInterrupted(signal: AbortSignal, work: Promise<number>): Promise<number> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    throw error;
  }
}
