import type { OpenApiDocument } from '../document/open-api-document.js';
import { schemaAt, type Schema } from '../document/schema-at.js';
import { partRules } from './part-rules.js';
import { readOnlyNames } from './read-only.js';
import { allOf, type Judging, type Plan, type Rule, type Verdict } from './verdict.js';
import { wordTest } from './word-tests.js';

/** More steps are not taken for one value: some schemas ask for billions. */
const MOST_STEPS = 1_000_000;

const NOTHING_HIDDEN: ReadonlySet<string> = new Set();

/** Judges values by the schemas as they are, since compiling one takes longer than it is used. */
export class Judge {
  private readonly plans = new WeakMap<Schema, Plan>();

  constructor(readonly document: OpenApiDocument) {}

  /** Throws an error when that takes too long. */
  verdictOf(schema: Schema, value: unknown): Verdict {
    return new OneJudging(this).judge(schema, value);
  }

  planFor(schema: Schema): Plan {
    const before = this.plans.get(schema);
    if (before) return before;
    const plan = this.newPlan(schema, NOTHING_HIDDEN);
    this.plans.set(schema, plan);
    return plan;
  }

  /** `hidden`: the names of read-only properties around, which are not required. */
  private newPlan(schema: Schema, hiddenAround: ReadonlySet<string>): Plan {
    const own = readOnlyNames(this.document, schema);
    const hidden = hiddenAround.size === 0 ? own : new Set([...hiddenAround, ...own]);
    const isAllowed = wordTest(schema, hidden);
    const { rules, hasParts } = partRules(schema, {
      document: this.document,
      hasHidden: hidden.size > 0,
      planInside: (inner) => this.newPlan(inner, hidden),
    });
    const words: Rule[] = isAllowed ? [(value) => (isAllowed(value) ? 'fits' : 'fails')] : [];
    return { rules: [...words, ...rules], hasParts };
  }
}

class OneJudging implements Judging {
  private steps = 0;
  private hasCircle = false;
  /** The schemas that the value at hand is being judged by. */
  private inPlace: readonly Schema[] = [];
  private readonly remembered = new Map<Schema, Map<unknown, Verdict>>();

  constructor(private readonly judgeOfAll: Judge) {}

  below(raw: unknown, value: unknown): Verdict {
    const schema = schemaAt(this.judgeOfAll.document, raw);
    return schema ? this.judge(schema, value) : 'fits'; // A reference that leads nowhere asks for nothing.
  }

  judge(schema: Schema, value: unknown): Verdict {
    const outer = this.inPlace;
    this.inPlace = [];
    const verdict = this.inTurn(schema, value, this.judgeOfAll.planFor(schema));
    this.inPlace = outer;
    return verdict;
  }

  beside(schema: Schema, value: unknown): Verdict | 'circle' {
    const plan = this.judgeOfAll.planFor(schema);
    if (!plan.hasParts) return this.inTurn(schema, value, plan);
    if (this.inPlace.includes(schema)) {
      this.hasCircle = true;
      return 'circle';
    }
    const before = this.remembered.get(schema)?.get(value);
    if (before !== undefined) return before;
    const verdict = this.inTurn(schema, value, plan);
    // Inside of a circle a verdict holds for that place alone.
    if (!this.hasCircle) this.remember(schema, value, verdict);
    return verdict;
  }

  inTurn(schema: Schema, value: unknown, { rules }: Plan): Verdict {
    this.steps += 1 + rules.length;
    if (this.steps > MOST_STEPS) throw new Error('it takes too many steps');
    const outer = this.inPlace;
    this.inPlace = [...outer, schema];
    const verdict = allOf(rules, (rule) => rule(value, this));
    this.inPlace = outer;
    return verdict;
  }

  private remember(schema: Schema, value: unknown, verdict: Verdict): void {
    const byValue = this.remembered.get(schema) ?? new Map<unknown, Verdict>();
    this.remembered.set(schema, byValue.set(value, verdict));
  }
}
