import type { SerialRules } from '../../analyze/preflight/taken-keys.js';
import type { Adjustment } from '../../model/results/preflight.js';

/** What the requests of an operation have beyond what the document asks for, or do without. */
export interface Adjusted {
  readonly kinds: readonly Adjustment[];
  /** For values that the target takes once only. */
  readonly serial: SerialRules;
  /** Keys of fields that are left out. */
  readonly omitted: readonly string[];
}

export const NOT_ADJUSTED: Adjusted = { kinds: [], serial: {}, omitted: [] };
