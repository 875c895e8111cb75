import { sizingWords, tellingSizings, type Sizing, type SizingForm } from '../model/results/sizing.js';
import { shownName } from './shown-text.js';

/** `2 workers`, or with its case `2 workers, half a core`. */
export function sizingText(one: Sizing): string {
  return shownName(sizingWords(one));
}

/** What tells one sizing from the others of a run; empty where all are the same. `2 workers`. */
export function tellingText(all: readonly Sizing[]): (one: Sizing, form?: SizingForm) => string {
  const tell = tellingSizings(all);
  return (one, form) => shownName(tell(one, form));
}

/** A name, and after it what tells its sizing from others. */
export function withSizing(name: string, told: string): string {
  return told === '' ? name : `${name}, ${told}`;
}
