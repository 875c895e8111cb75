import type { Sample } from './sample.js';

/** What to keep of the samples: a bounded summary that merges with those of other generators. */
export interface CollectorKind<Snapshot> {
  readonly name: string;
  create(): Collector<Snapshot>;
  merge(parts: readonly Snapshot[]): Snapshot;
}

interface Collector<Snapshot> {
  add(sample: Sample): void;
  snapshot(): Snapshot;
}
