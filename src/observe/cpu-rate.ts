interface Mark {
  readonly elapsedMs: number;
  readonly cpuMs: number;
}

/**
 * The system counts CPU time in ticks of 10 ms: over less than this, a single tick would be a rate of its own. A fifth
 * less than the usual time between two looks, since a look may be late.
 */
export const LEAST_INTERVAL_MS = 400;

/** Makes rates of looks at CPU time, each over an interval that is long enough for ticks. */
export class CpuRate {
  private marks: readonly Mark[] = [];

  /**
   * Per cent of one core between this look and the latest one that is old enough, or the first where none is; 0 for the
   * first. `cpuMs` is the time spent since the first.
   */
  add(elapsedMs: number, cpuMs: number): number {
    const old = this.marks.findLastIndex((mark) => elapsedMs - mark.elapsedMs >= LEAST_INTERVAL_MS);
    // Those before it are never asked again: looks come in order of time.
    const kept = this.marks.slice(Math.max(0, old));
    this.marks = [...kept, { elapsedMs, cpuMs }];
    const base = kept[0];
    if (base === undefined || elapsedMs <= base.elapsedMs) return 0;
    return (100 * (cpuMs - base.cpuMs)) / (elapsedMs - base.elapsedMs);
  }
}
