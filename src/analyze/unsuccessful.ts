import type { UnjudgedCell } from '../model/results/cell-record.js';

/** Failed and timed-out requests are looked at together: 6 % of each are as bad as 12 % of one. */
const MOST_SHARE = 0.1;
/** Less of one kind is not what spoils the cell. */
const LEAST_SHARE = 0.01;

/** Whether too many requests did not succeed, and these are among what matters of them. */
export function areTooMany(count: number, { planned, failed, timedOut }: UnjudgedCell['counts']): boolean {
  return planned > 0 && failed + timedOut >= MOST_SHARE * planned && count >= LEAST_SHARE * planned;
}
