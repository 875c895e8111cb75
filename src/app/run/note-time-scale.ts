import { formatDuration } from '../../kernel/units.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { Observer } from '../../model/live/run-events.js';
import { durationMsOf, populationOf } from '../../model/loads/index.js';

/** One line about loads that do not last as long as they are written. */
export function noteTimeScale(
  { loads, timeScale }: Pick<RunConfig, 'loads' | 'timeScale'>,
  observe: Observer,
): void {
  const durationsMs = loads.map(durationMsOf).filter((durationMs) => durationMs !== null);
  if (timeScale === 1 || durationsMs.length === 0) return;
  const windows = [...new Set(durationsMs)].map(
    (ms) => `${formatDuration(ms)} in place of ${formatDuration(Number((ms / timeScale).toPrecision(9)))}`,
  );
  const spawning = loads.some((load) => populationOf(load) !== null)
    ? ', and users start in step with that'
    : '';
  const message = `Time scale ${timeScale}: windows last ${windows.join(', ')}${spawning}. Warm-up, think times, time-outs and objectives stay.`;
  observe({ kind: 'notice', message });
}
