import type { VerdictState } from '../results/verdict.js';

/**
 * What the page shows of a single cell beside its charts, as words: the renderer knows how figures are
 * written, the page only lays them out. Headings stand once for all cells.
 */
export interface PageDetails {
  /** Headings of the columns of `PageDetail.latency`. */
  readonly latencyColumns: readonly string[];
  /** Headings of its rows, and what each means. */
  readonly latencyRows: readonly (readonly [name: string, meaning: string])[];
  /** Of each list of facts the title and the names. */
  readonly facts: readonly { readonly title: string; readonly names: readonly string[] }[];
  readonly cells: readonly PageDetail[];
}

export interface PageDetail {
  readonly id: string;
  readonly title: string;
  /** `GET /items/{id}`. */
  readonly request: string;
  /** `500/s, 2 workers`. */
  readonly conditions: string;
  readonly verdict: VerdictState;
  /** id, what was seen, what to do; the last is empty where nothing is known. */
  readonly reasons: readonly (readonly [id: string, message: string, remedy: string])[];
  /** As `PageDetails.latencyRows`; a row without figures is not shown. */
  readonly latency: readonly (readonly string[])[];
  /** As `PageDetails.facts`. */
  readonly facts: readonly (readonly string[])[];
}
