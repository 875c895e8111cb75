/** What a counter has grown by since the first look at it. */
export class Growth {
  private before: number | undefined;
  private grown = 0;

  /** A counter that is less than before has begun anew, as in a restart: all that it shows has come since. */
  add(count: number): number {
    const { before = count } = this;
    this.grown += count >= before ? count - before : count;
    this.before = count;
    return this.grown;
  }
}

interface Mark {
  readonly elapsedMs: number;
  readonly grown: number;
}

/**
 * Sessions of PostgreSQL add to its counters once a second at most: over less than this, a rate would be that of their
 * reports, and a peak twice the truth.
 */
const LEAST_INTERVAL_MS = 2000;

/** Makes rates of looks at what has grown, each over an interval that is long enough for them. */
export class GrowthRate {
  private marks: readonly Mark[] = [];

  /** A second, since the latest look that is old enough; undefined where none is. */
  add(elapsedMs: number, grown: number): number | undefined {
    const old = this.marks.findLastIndex((mark) => elapsedMs - mark.elapsedMs >= LEAST_INTERVAL_MS);
    // Those before it are never asked again: looks come in order of time.
    const kept = this.marks.slice(Math.max(0, old));
    this.marks = [...kept, { elapsedMs, grown }];
    const base = old < 0 ? undefined : kept[0];
    return base && (1000 * (grown - base.grown)) / (elapsedMs - base.elapsedMs);
  }
}
