import type { DescribedOperation } from '../document/described-operation.js';
import { matches } from '../selection/select-operations.js';

/** Values that the target itself gave, by the key that gets them. */
export interface CapturedPool {
  /** `path.item_id`. */
  readonly key: string;
  readonly values: readonly unknown[];
  /** Whose answers they are from: `POST /items`. */
  readonly from: string;
  /** A selector of operations; null = all that have the key. */
  readonly only: string | null;
}

/** The captured values of one operation. Lists of one length belong together, entry by entry. */
export interface CapturedValues {
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  /** By the same keys. */
  readonly from: Readonly<Record<string, string>>;
  /** How many of them were made for this operation alone, which takes each away. */
  readonly ownCount?: number;
}

/** What pools hold for an operation; of several for one key all values, in their order. */
export function capturedFor(operation: DescribedOperation, pools: readonly CapturedPool[]): CapturedValues {
  const mine = pools.filter(({ only, values }) => values.length > 0 && isFor(operation, only));
  const keys = [...new Set(mine.map(({ key }) => key))];
  const of = (key: string): readonly CapturedPool[] => mine.filter((pool) => pool.key === key);
  return {
    values: Object.fromEntries(keys.map((key) => [key, of(key).flatMap(({ values }) => values)])),
    from: Object.fromEntries(
      keys.map((key) => [key, [...new Set(of(key).map(({ from }) => from))].join(', ')]),
    ),
  };
}

function isFor(operation: DescribedOperation, only: string | null): boolean {
  return only === null || matches(operation, only);
}
