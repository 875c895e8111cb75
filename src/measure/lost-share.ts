import type { GeneratorShare } from '../model/generation/generator.js';
import type { Measurements } from '../model/generation/measurements.js';
import type { RequestSource } from '../model/requests/request.js';
import { emptySample } from '../model/generation/sample.js';
import type { Schedule } from '../model/loads/schedule.js';
import { GapErrors } from './gap-errors.js';
import { cellCollector } from './cell-collector.js';
import { durationMsOf } from '../model/loads/index.js';

/**
 * The measurements of a share whose generator has died with all that it knew: its requests were planned,
 * and none is known to have been released, so all are unfinished, and as old as they can have become. Of a closed loop
 * nothing is known. `closesMs`: how long the window was, where it was closed early.
 */
export function lostShare(
  schedule: Schedule,
  source: Pick<RequestSource, 'operationAt'>,
  share: GeneratorShare,
  death: string,
  closesMs?: number,
): Measurements {
  const durationMs = closesMs ?? durationMsOf(share.load) ?? Infinity;
  const collector = cellCollector({ ms: durationMs }, share.operations.length);
  const sample = emptySample();
  sample.releasedUs = Number.NaN;
  sample.sentUs = Number.NaN;
  sample.doneUs = (durationMs + share.timeoutMs) * 1000;
  sample.outcome = 'unfinished';
  for (let index = 0; index < schedule.planned; index += 1) {
    sample.dueUs = schedule.dueAtUs(index) as number;
    if (sample.dueUs >= durationMs * 1000) break;
    sample.operation = source.operationAt(index);
    collector.add(sample);
  }
  return collector.snapshot({
    busyShare: 0,
    cpuMs: 0,
    memoryBytes: 0,
    gc: { pauses: 0, totalMs: 0, maxMs: 0 },
    gapErrorUs: new GapErrors().snapshot(),
    death,
    connectionsOpened: 0,
    connectionsOpenedInWindow: 0,
    connectionEndsInWindow: { byTarget: 0, byBench: 0, afterTimeout: 0 },
    connectionLimitReached: false,
    longestQueue: 0,
  });
}
