import { shuffled, type Random } from '../../kernel/random.js';
import type { ValueRule } from '../../model/value-rule.js';

/** Ranges beyond this size are thinned out evenly, to bound what is prepared for an operation. */
const MOST_VARIANTS = 10_000;

/** The values that a rule gives, in the order in which requests use them. */
export function valuesOf(rule: ValueRule, random: Random): readonly unknown[] {
  if (typeof rule !== 'object') return [rule];
  if ('oneOf' in rule) return rule.oneOf;
  const [from, to] = rule.range;
  const size = to - from + 1;
  const count = Math.min(size, MOST_VARIANTS);
  const values = Array.from({ length: count }, (_, index) => from + Math.floor((index * size) / count));
  return shuffled(values, random);
}
