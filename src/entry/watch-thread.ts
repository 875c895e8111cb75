import { performance } from 'node:perf_hooks';
import { systemClock as clock } from '../kernel/clock.js';
import type { Pacer } from '../load/pacers/pacer.js';
import type { ThreadAudit } from '../model/generation/measurements.js';
import { watchGcPauses } from '../observe/gc-pauses.js';

type Load = Pick<ThreadAudit, 'busyShare' | 'cpuMs' | 'gc'>;

interface ThreadWatch {
  /** The window ends so long after its start, earlier than was planned. */
  closeAt(windowMs: number): void;
  read(): Load;
}

/**
 * What the window costs this thread, to be read later; a window of unknown length (Infinity) ends when it is read. What comes before it and after it, a wait for its
 * start or an idle drain, would flatter the thread.
 */
export function watchThread(startUs: number, windowMs: number, pacer: Pacer): ThreadWatch {
  const watch: { end?: () => Load; load?: Load | undefined } = {};
  const untilMs = (elapsedMs: number): number => (startUs - clock.nowUs()) / 1000 + elapsedMs;
  const closeAt = (elapsedMs: number): void => {
    clock.after(untilMs(elapsedMs), () => {
      watch.load ??= watch.end?.();
    });
  };
  clock.after(untilMs(0), () => {
    watch.end = watchFromNow(pacer);
  });
  if (windowMs !== Infinity) closeAt(windowMs);
  // A window of a few milliseconds may be over before the timers know that it has begun.
  return { closeAt, read: () => watch.load ?? (watch.end ?? watchFromNow(pacer))() };
}

function watchFromNow(pacer: Pacer): () => Load {
  const startUs = clock.nowUs();
  const loopBefore = performance.eventLoopUtilization();
  const cpuBefore = process.cpuUsage();
  const spunBeforeUs = pacer.spunUs;
  const endGc = watchGcPauses();
  return () => {
    const { user, system } = process.cpuUsage(cpuBefore);
    const { utilization } = performance.eventLoopUtilization(loopBefore);
    const spun = (pacer.spunUs - spunBeforeUs) / Math.max(1, clock.nowUs() - startUs);
    return { busyShare: Math.max(0, utilization - spun), cpuMs: (user + system) / 1000, gc: endGc() };
  };
}
