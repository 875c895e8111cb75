import { performance } from 'node:perf_hooks';

/** The one way to read time or wait. Tests hand in a clock of their own, so nothing sleeps there. */
export interface Clock {
  /** Monotonic microseconds on a base shared by all threads of this machine. */
  nowUs(): number;
  /** Wall-clock milliseconds since 1970, for names and timestamps only, never for durations. */
  unixMs(): number;
  /** Calls back once after `delayMs` milliseconds, soon if that is less than nothing; the returned function cancels. */
  after(delayMs: number, callback: () => void): () => void;
  /** Calls back once, after all events that have come by now. */
  soon(callback: () => void): void;
  /** Calls back every `periodMs` milliseconds; the returned function cancels. */
  every(periodMs: number, callback: () => void): () => void;
}

// performance.now() is cheap (50 ns) but starts at zero in each thread; hrtime is shared by all of them.
const baseUs = hrtimeAtZeroUs();

/** Both clocks are read several times: a thread may lose its core for milliseconds between two readings. */
function hrtimeAtZeroUs(): number {
  let best = { gapMs: Infinity, baseUs: 0 };
  for (let reading = 0; reading < 10; reading += 1) {
    const beforeMs = performance.now();
    const hrtimeUs = Number(process.hrtime.bigint()) / 1000;
    const gapMs = performance.now() - beforeMs;
    if (gapMs < best.gapMs) best = { gapMs, baseUs: hrtimeUs - (beforeMs + gapMs / 2) * 1000 };
  }
  return best.baseUs;
}

export const systemClock: Clock = {
  nowUs: () => baseUs + performance.now() * 1000,
  unixMs: () => Date.now(),
  after(delayMs, callback) {
    // What is late already is due now; Node warns of less than nothing.
    const timer = setTimeout(callback, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
  soon(callback) {
    setImmediate(callback);
  },
  every(periodMs, callback) {
    const timer = setInterval(callback, periodMs);
    return () => clearInterval(timer);
  },
};

/** Resolves after `delayMs` milliseconds; rejects with the signal's reason when it aborts first. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = (): void => {
      cancel();
      reject(signal?.reason as Error);
    };
    const cancel = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** A signal that aborts after `limitMs` milliseconds, or with `signal`. */
export function timeLimit(limitMs: number, signal?: AbortSignal): AbortSignal {
  const limit = AbortSignal.timeout(Math.max(0, Math.ceil(limitMs)));
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

/** How long some work took, in milliseconds. */
export async function timed(clock: Clock, work: () => Promise<void>): Promise<number> {
  const startedUs = clock.nowUs();
  await work();
  return (clock.nowUs() - startedUs) / 1000;
}

/** Resolves when the signal aborts. */
export function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
