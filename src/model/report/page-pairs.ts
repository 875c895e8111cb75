/** In the page of a comparison: the cells that were measured on both sides, in the order of its tables. */
export type PagePairs = readonly PagePair[];

export interface PagePair {
  readonly name: string;
  /** Ids of all repeats in the first and in the second run of the page's data. */
  readonly base: readonly string[];
  readonly candidate: readonly string[];
}
