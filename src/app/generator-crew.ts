import { childProcessGenerator } from '../load/generators/child-process.js';
import { together } from '../load/generators/together.js';
import { mergeTicks } from '../measure/live-view.js';
import { lostShare } from '../measure/lost-share.js';
import { mergeMeasurements } from '../measure/measure-cell.js';
import type { Generator } from '../model/generator.js';
import { programs } from './programs.js';

const whole = { ofTicks: mergeTicks, ofMeasurements: mergeMeasurements, ofLost: lostShare };

/** So many generator processes that make their load as one. */
export function generatorCrew(threads: number): Generator {
  return together(
    Array.from({ length: threads }, () => childProcessGenerator(programs.generator)),
    whole,
  );
}

/** What one thread can be trusted to send while others need its core too; `bench doctor` measures it. */
const MOST_PER_THREAD = { wire: 30_000, undici: 20_000 } as const;

/** As many threads as the highest rate needs, and no more than leave a core to the target. */
export function threadsFor(
  wanted: number | 'auto',
  client: keyof typeof MOST_PER_THREAD,
  highestRatePerSecond: number,
  cores: number,
): number {
  if (wanted !== 'auto') return wanted;
  const needed = Math.ceil(highestRatePerSecond / MOST_PER_THREAD[client]);
  return Math.max(1, Math.min(needed, cores - 1));
}
