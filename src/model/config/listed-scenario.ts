/** A scenario as `bench scenarios` tells of it. */
export interface ListedScenario {
  /** As `--scenario` takes it. */
  readonly name: string;
  readonly place: 'local' | 'shipped';
  readonly file: string;
  readonly description: string | null;
  readonly needs: readonly Need[];
  /** Its own load first, then its profiles. */
  readonly loads: readonly ListedLoad[];
  /** Why its file cannot be used; null = it can. */
  readonly problem: string | null;
}

/** What a scenario needs beside Node. */
export interface Need {
  /** For people: `PostgreSQL`. */
  readonly name: string;
  readonly isHere: boolean;
  /** What there is, or how to get it. */
  readonly note: string;
}

export interface ListedLoad {
  /** Null = the scenario's own. */
  readonly profile: string | null;
  readonly description: string | null;
  /** Of a run, starts included, if the target keeps up, in milliseconds; null = a fixed count, which takes as long as it takes. */
  readonly durationMs: number | null;
  /** Whether that is for each operation: how many there are, the document says. */
  readonly isPerOperation: boolean;
}
