import { UserError } from '../../kernel/errors.js';
import { seededRandom, seedFor, shuffled } from '../../kernel/random.js';
import type { ValueOrigin } from '../../model/requests/request.js';
import type { ValueRule } from '../../model/config/value-rule.js';
import type { MadeValue } from '../values/value-maker.js';
import type { RulesOfOperation } from './operation-rules.js';
import { lookupKey } from './place-parameters.js';
import { SerialMarks, hasSerial } from './serial-text.js';
import { isOmission, valuesOf, type GivingRule } from './value-rules.js';

/** The value of each request, by its number. */
export type Pick = (variant: number) => unknown;

export interface ValueSources {
  /** Of the scenario, for all operations. */
  readonly values: Readonly<Record<string, ValueRule>>;
  readonly rules: RulesOfOperation;
  /** By key, collected while the target was set up. */
  readonly captured: Readonly<Record<string, readonly unknown[]>>;
  readonly seed: number;
}

const MOST_PROBLEMS = 20;

/**
 * Chooses for each key between what the user says and what the document gives: the operation's own values, its
 * data, the scenario's values, captured ones, the document.
 */
export class Choices {
  /** As many requests as the longest of the user's lists has values. */
  longest = 1;
  readonly origins: Record<string, ValueOrigin> = {};
  readonly problems = new Set<string>();
  readonly marks = new SerialMarks();
  private readonly own: ReadonlyMap<string, ValueRule>;
  private readonly ofScenario: ReadonlyMap<string, ValueRule>;
  private readonly rows: ReadonlyMap<string, readonly unknown[]>;
  private readonly captured: ReadonlyMap<string, readonly unknown[]>;

  constructor({ values, rules, captured, seed }: ValueSources) {
    this.seed = seed;
    this.own = byLookupKey(Object.entries(rules.values));
    this.ofScenario = byLookupKey(Object.entries(values));
    this.rows = byLookupKey(rules.rows?.columns ?? []);
    this.captured = byLookupKey(Object.entries(captured).filter(([, list]) => list.length > 0));
    this.longest = rules.rows?.count ?? 1;
  }

  private readonly seed: number;

  note = (key: string, problem: string): void => {
    if (this.problems.size < MOST_PROBLEMS) this.problems.add(`${key}: ${problem}`);
  };

  /** Whether the user, or the set-up, gives a value for the key. */
  has(key: string): boolean {
    return !this.isOmitted(key) && this.isNamed(key);
  }

  isOmitted(key: string): boolean {
    const rule = this.ruleFor(lookupKey(key));
    return rule !== undefined && isOmission(rule);
  }

  /** Keys that start so and of which the user says something: first those of this operation alone. */
  keysBelow(prefix: string): { readonly key: string; readonly isOwn: boolean }[] {
    const own = new Set([...this.own.keys(), ...this.rows.keys()]);
    const all = [...new Set([...own, ...this.ofScenario.keys(), ...this.captured.keys()])];
    return all.filter((key) => key.startsWith(prefix)).map((key) => ({ key, isOwn: own.has(key) }));
  }

  /** The user's values for a key, or else a text with a serial number, or else those that the document gives. */
  pick(key: string, otherwise: (variant: number) => MadeValue, serial?: string): Pick {
    const fresh = serial === undefined ? undefined : ({ origin: 'serial', list: [serial] } as const);
    const given = this.given(lookupKey(key)) ?? fresh;
    if (given !== undefined) {
      this.origins[key] = given.origin;
      const { list } = given;
      this.longest = Math.max(this.longest, list.length);
      if (given.origin === 'serial') return () => this.marks.fill(String(list[0]));
      return (variant) => list[variant % list.length];
    }
    const make = (variant: number): unknown => {
      const { value, origin, problem } = otherwise(variant);
      this.origins[key] ??= origin;
      if (problem !== null) this.note(key, problem);
      return value;
    };
    // Once for all requests, where a value is wanted several times.
    return lastOf(make);
  }

  private isNamed(key: string): boolean {
    const name = lookupKey(key);
    return [this.own, this.rows, this.ofScenario, this.captured].some((source) => source.has(name));
  }

  private ruleFor(key: string): ValueRule | undefined {
    return this.own.get(key) ?? (this.rows.has(key) ? undefined : this.ofScenario.get(key));
  }

  private given(key: string): { origin: ValueOrigin; list: readonly unknown[] } | undefined {
    const rule = this.ruleFor(key);
    if (hasSerial(rule)) return { origin: 'serial', list: [rule] };
    if (rule !== undefined && !isOmission(rule)) return { origin: 'override', list: this.listFor(key, rule) };
    const column = this.rows.get(key);
    if (column) return { origin: 'data', list: column };
    const pool = this.captured.get(key);
    // Lists of one length belong together, entry by entry: one shuffle for all keys.
    return pool && { origin: 'captured', list: shuffled(pool, this.randomFor('captured')) };
  }

  private listFor(key: string, rule: GivingRule): readonly unknown[] {
    const list = valuesOf(rule, this.randomFor(key));
    if (!key.startsWith('path.') || !list.includes('')) return list;
    throw new UserError('usage', `values: ${key} is empty, and a path cannot have an empty part.`);
  }

  private randomFor(key: string): ReturnType<typeof seededRandom> {
    return seededRandom(seedFor(this.seed, key));
  }
}

function byLookupKey<T>(entries: Iterable<readonly [string, T]>): ReadonlyMap<string, T> {
  return new Map([...entries].map(([key, value]) => [lookupKey(key), value]));
}

function lastOf(make: Pick): Pick {
  let last: { variant: number; value: unknown } | undefined;
  return (variant) => {
    if (last?.variant !== variant) last = { variant, value: make(variant) };
    return last.value;
  };
}
