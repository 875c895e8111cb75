import type { Expectation } from '../../model/config/expectation.js';
import type { ValueRule } from '../../model/config/value-rule.js';
import type { DataRows } from './data-rows.js';

/** All that the user says of one operation alone, merged from the selectors that match it. */
export interface RulesOfOperation {
  readonly values: Readonly<Record<string, ValueRule>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body; undefined = that of the document. */
  readonly body?: unknown;
  readonly expect?: Expectation | undefined;
  readonly rows?: DataRows;
}
