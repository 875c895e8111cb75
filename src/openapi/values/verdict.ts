import type { Schema } from '../document/schema-at.js';

/** Whether a value fits; `unknown` where a schema says what is not read here. */
export type Verdict = 'fits' | 'fails' | 'unknown';

/** What a schema asks of a value. */
export type Rule = (value: unknown, judging: Judging) => Verdict;

/** A schema that the same value is judged by; `circle` where it is being judged by that already. */
export type Part = (value: unknown, judging: Judging) => Verdict | 'circle';

/** All that a schema asks for. */
export interface Plan {
  readonly rules: readonly Rule[];
  /** Whether the same value is judged by further schemas. */
  readonly hasParts: boolean;
}

/** The judging of one value. */
export interface Judging {
  /** What a part of the value must fit, as in the document. */
  below(raw: unknown, value: unknown): Verdict;
  /** The same value by another schema. */
  beside(schema: Schema, value: unknown): Verdict | 'circle';
  inTurn(schema: Schema, value: unknown, plan: Plan): Verdict;
}

/** One that fails is enough; nothing is known when one is not. */
export function allOf<T>(items: Iterable<T>, verdictOn: (item: T) => Verdict): Verdict {
  let verdict: Verdict = 'fits';
  for (const item of items) {
    const one = verdictOn(item);
    if (one === 'fails') return 'fails';
    if (one === 'unknown') verdict = 'unknown';
  }
  return verdict;
}
