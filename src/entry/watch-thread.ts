import { performance } from 'node:perf_hooks';
import { systemClock as clock } from '../kernel/clock.js';
import type { Pacer } from '../load/pacers/pacer.js';
import type { ThreadAudit } from '../model/generation/measurements.js';
import { watchGcPauses } from '../observe/gc-pauses.js';

type Load = Pick<ThreadAudit, 'busyShare' | 'cpuMs' | 'gc'>;

/**
 * What the window costs this thread, to be read later; a window of unknown length (Infinity) ends when it is read. What comes before it and after it, a wait for its
 * start or an idle drain, would flatter the thread.
 */
export function watchThread(startUs: number, windowMs: number, pacer: Pacer): () => Load {
  const untilStartMs = (startUs - clock.nowUs()) / 1000;
  const watch: { end?: () => Load; load?: Load | undefined } = {};
  clock.after(untilStartMs, () => {
    watch.end = watchFromNow(pacer);
  });
  if (windowMs !== Infinity)
    clock.after(untilStartMs + windowMs, () => {
      watch.load = watch.end?.();
    });
  // A window of a few milliseconds may be over before the timers know that it has begun.
  return () => watch.load ?? (watch.end ?? watchFromNow(pacer))();
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
