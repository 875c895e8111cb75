import type { Clock } from './clock.js';

/**
 * Calls at the end of each second after `startUs`, with its number from 0 and the milliseconds since then; the returned
 * function cancels. Not more often: each tick costs generator and harness a millisecond together, which on one core is lag.
 */
export function everySecond(
  clock: Clock,
  startUs: number,
  tell: (second: number, elapsedMs: number) => void,
): () => void {
  const elapsedMs = (): number => (clock.nowUs() - startUs) / 1000;
  let cancel = (): void => {};
  const wait = (boundary: number): void => {
    // Timers know whole milliseconds, and a tick must not come before its second is over.
    cancel = clock.after(Math.ceil(boundary * 1000 - elapsedMs()), () => {
      // After a stall the seconds that nobody saw pass are one.
      const over = Math.max(boundary, Math.floor(elapsedMs() / 1000));
      wait(over + 1);
      tell(over - 1, elapsedMs());
    });
  };
  wait(1);
  return () => cancel();
}
