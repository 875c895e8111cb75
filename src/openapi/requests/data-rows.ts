import type { DataRule } from '../../model/config/operation-rules.js';

/** Values from a file, in the order in which requests use them: one row makes one request. */
export interface DataRows {
  /** As the user named it. */
  readonly file: string;
  readonly order: DataRule['order'];
  /** By key: `body.name`. All as long as `count`. */
  readonly columns: ReadonlyMap<string, readonly unknown[]>;
  /** How many rows are used; there may be more in the file. */
  readonly count: number;
  /** Of the file as a whole. */
  readonly available: number;
}
