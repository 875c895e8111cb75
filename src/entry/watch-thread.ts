import { performance } from 'node:perf_hooks';
import { systemClock as clock } from '../kernel/clock.js';
import type { Pacer } from '../load/pacers/pacer.js';
import type { ThreadAudit } from '../model/measurements.js';
import { watchGcPauses } from '../observe/gc-pauses.js';

type Load = Pick<ThreadAudit, 'busyShare' | 'cpuMs' | 'gc'>;

/**
 * What the next `windowMs` milliseconds cost this thread, to be read later. What comes after the window,
 * an idle drain say, would flatter it.
 */
export function watchThread(windowMs: number, pacer: Pacer): () => Load {
  const startUs = clock.nowUs();
  const loopBefore = performance.eventLoopUtilization();
  const cpuBefore = process.cpuUsage();
  const spunBeforeUs = pacer.spunUs;
  const endGc = watchGcPauses();
  const read = (): Load => {
    const { user, system } = process.cpuUsage(cpuBefore);
    const { utilization } = performance.eventLoopUtilization(loopBefore);
    const spun = (pacer.spunUs - spunBeforeUs) / (clock.nowUs() - startUs);
    return { busyShare: Math.max(0, utilization - spun), cpuMs: (user + system) / 1000, gc: endGc() };
  };
  const reading: { load?: Load } = {};
  clock.after(windowMs, () => {
    reading.load = read();
  });
  return () => (reading.load ??= read());
}
