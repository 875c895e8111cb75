import { coresInWords } from '../../kernel/format.js';

/** What the choice of a pacing depends on. */
export interface PacingFacts {
  readonly wanted: 'auto' | 'precise' | 'relaxed';
  /** Of one thread. */
  readonly ratePerSecond: number;
  readonly threads: number;
  readonly cores: number;
  /** What a CPU quota leaves of them; null without one. */
  readonly quotaCores: number | null;
  /** Processes of the target that want a core of this machine; 0 when it runs elsewhere. */
  readonly localWorkers: number;
}

export interface ChosenPacing {
  readonly pacing: 'precise' | 'relaxed';
  /** For people; null when nothing was chosen. */
  readonly why: string | null;
}

/** For the rest of the harness, and for the target's other threads. */
const OTHERS = 2;
/** From here on a sleeping thread hardly sleeps: spinning costs little more, and lags less. */
const BUSY_RATE = 20_000;

/**
 * Spinning is exact and costs a core: it is chosen where nobody else needs that core, and no quota counts it. A
 * process that uses up its quota stands still until the next period.
 */
export function choosePacing(facts: PacingFacts): ChosenPacing {
  const { wanted, ratePerSecond, threads, cores, quotaCores, localWorkers } = facts;
  if (wanted !== 'auto') return { pacing: wanted, why: null };
  const needed = threads + localWorkers;
  const others = localWorkers > 0 ? OTHERS : 1;
  if (quotaCores !== null && quotaCores < Math.min(cores, needed + others))
    return {
      pacing: 'relaxed',
      why: `spinning would use up the CPU quota of ${coresInWords(quotaCores)}`,
    };
  if (cores >= needed + others)
    return { pacing: 'precise', why: `${cores} cores leave ${threads} to spin on` };
  if (cores >= needed && ratePerSecond >= BUSY_RATE)
    return { pacing: 'precise', why: 'at this rate a thread hardly sleeps' };
  return { pacing: 'relaxed', why: `spinning would take a core from the others on these ${cores}` };
}
