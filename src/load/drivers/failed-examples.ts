/*
 * Hot path: `mayWant` is asked for every answer, `settle` for every end.
 */
import { MOST_FAILED_ANSWERS } from '../../model/generation/failed-answer.js';
import type { OperationCheck } from '../check-answer.js';

/** Those that an answer may have are three digits. */
const STATUSES = 1000;
const NOT_COUNTED = -1;

/**
 * Which failed answers are kept for people to read: the first of each operation and status that it does not expect, and the
 * first of each failed check. Only one answer at a time is kept for each of these, so that a server that fails everywhere
 * at once fills no memory; where it does not come to its end, the next one is.
 */
export class FailedExamples {
  /** By status: how many operations do not expect it, and have no example of it yet. */
  private readonly left = new Int32Array(STATUSES).fill(NOT_COUNTED);
  /** An operation and a status as one number. */
  private readonly found = new Set<number>();
  private kept = 0;
  private readonly faults = new Set<string>();
  /** The slots whose answers are being kept, and what for. */
  private readonly claims = new Map<number, number>();

  constructor(private readonly checks: readonly OperationCheck[]) {}

  /** Whether an answer of this status may be one to keep: whose it is, is not looked at. */
  mayWant(status: number): boolean {
    const left = this.left[status] ?? 0;
    return left === NOT_COUNTED ? this.count(status) > 0 : left > 0;
  }

  /** Whether the answer of this slot is to be kept; then `settle` follows when it has ended. */
  claim(slot: number, operation: number, status: number): boolean {
    if (this.checks[operation]?.isExpected(status) !== false) return false;
    const key = operation * STATUSES + status;
    if (this.found.has(key)) return false;
    this.found.add(key);
    this.claims.set(slot, key);
    return true;
  }

  /** The slot's request has ended, with its answer or without: whether that is an example. */
  settle(slot: number, isAnswered: boolean): boolean {
    if (this.claims.size === 0) return false;
    const key = this.claims.get(slot);
    if (key === undefined) return false;
    this.claims.delete(slot);
    if (isAnswered) this.note(key % STATUSES);
    else this.found.delete(key);
    return isAnswered;
  }

  isFirstFault(operation: number, failure: string): boolean {
    const key = `${operation} ${failure}`;
    if (this.faults.has(key) || this.faults.size === MOST_FAILED_ANSWERS) return false;
    this.faults.add(key);
    return true;
  }

  private note(status: number): void {
    this.kept += 1;
    if (this.kept === MOST_FAILED_ANSWERS) this.left.fill(0);
    else this.left[status] = (this.left[status] as number) - 1;
  }

  private count(status: number): number {
    const left = this.checks.filter(({ isExpected }) => !isExpected(status)).length;
    this.left[status] = left;
    return left;
  }
}
