import type { RunConfig } from '../../model/config/run-config.js';
import type { ValueRule } from '../../model/config/value-rule.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { hasSerial } from '../../openapi/requests/serial-text.js';
import type { Api } from '../document/read-api.js';

/** What the user says of an operation's values: its own rules, rows of its data, rules for all operations. */
export class GivenValues {
  constructor(
    private readonly config: Pick<RunConfig, 'values'>,
    private readonly api: Pick<Api, 'rules'>,
  ) {}

  has(operation: DescribedOperation, key: string): boolean {
    const rules = this.api.rules.get(operation);
    const isOwn = rules && (Object.hasOwn(rules.values, key) || rules.rows?.columns.has(key));
    return isOwn === true || Object.hasOwn(this.config.values, key);
  }

  hasMany(operation: DescribedOperation, key: string): boolean {
    return this.has(operation, key) && this.onlyOne(operation, key) === undefined;
  }

  /** The value, where it is the same for all requests. */
  onlyOne(
    operation: DescribedOperation,
    key: string,
  ): Extract<ValueRule, string | number | bigint | boolean> | undefined {
    const rules = this.api.rules.get(operation);
    const own = rules && Object.hasOwn(rules.values, key) ? rules.values[key] : undefined;
    const column = rules?.rows?.columns.get(key);
    const ofAll = Object.hasOwn(this.config.values, key) ? this.config.values[key] : undefined;
    const [value, ...others] = own !== undefined ? [own] : column ? new Set(column) : [ofAll];
    const isOne =
      others.length === 0 &&
      !hasSerial(value) &&
      (typeof value === 'string' ||
        typeof value === 'number' ||
        typeof value === 'bigint' ||
        typeof value === 'boolean');
    return isOne ? value : undefined;
  }
}
