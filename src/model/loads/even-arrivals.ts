import type { Schedule } from './schedule.js';

/**
 * Request i is due i / rate seconds after the start. Computed from the index each time: adding up gaps
 * would add up rounding errors as well.
 */
export function evenArrivals(ratePerSecond: number, durationMs: number): Schedule {
  const durationUs = durationMs * 1000;
  const dueUs = (index: number): number => (index * 1e6) / ratePerSecond;
  // The number of i with due(i) < duration; the two steps mend what floating point may have got wrong.
  let planned = Math.ceil((ratePerSecond * durationMs) / 1000);
  while (planned > 0 && dueUs(planned - 1) >= durationUs) planned -= 1;
  while (dueUs(planned) < durationUs) planned += 1;
  return {
    planned,
    dueAtUs: (index) => (index < planned ? dueUs(index) : undefined),
  };
}
