import type { Figure } from './figure.js';

/** A value that is known exactly, or not at all. */
export function exact(value: number | null | undefined): Figure | null {
  return value === null || value === undefined ? null : { value, isLowerBound: false };
}
