import { shuffled, type Random } from '../../kernel/random.js';
import { MOST_VARIANTS } from '../../model/config/operation-rules.js';
import type { ValueRule } from '../../model/config/value-rule.js';

/** A rule that gives values, rather than leaving one out. */
export type GivingRule = Exclude<ValueRule, { omit: true }>;

export function isOmission(rule: ValueRule): rule is { omit: true } {
  return typeof rule === 'object' && 'omit' in rule;
}

/**
 * The values that a rule gives, in the order in which requests use them. Long ranges are thinned out evenly,
 * to bound what is prepared for an operation.
 */
export function valuesOf(rule: GivingRule, random: Random): readonly unknown[] {
  if (typeof rule !== 'object') return [rule];
  if ('oneOf' in rule) return rule.oneOf;
  const [from, to] = rule.range;
  const size = to - from + 1;
  const count = Math.min(size, MOST_VARIANTS);
  const values = Array.from({ length: count }, (_, index) => from + Math.floor((index * size) / count));
  return shuffled(values, random);
}
