import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { schemaAt, type Schema } from '../document/schema-at.js';
import { entriesOf, listOf } from './json-type.js';
import { patternEngine } from './pattern-engine.js';
import { allOf, type Part, type Plan, type Rule, type Verdict } from './verdict.js';

/** What is to be known of the place of a schema's parts. */
interface Around {
  readonly document: OpenApiDocument;
  /** Whether there are read-only properties, which a part written in place must know of. */
  readonly hasHidden: boolean;
  /** The plan of such a part. */
  planInside(schema: Schema): Plan;
}

/** What the schemas inside of a schema ask for. */
export function partRules(schema: Schema, around: Around): Plan {
  const partOf = (raw: unknown): Part => newPart(raw, around);
  const beside = [
    ...listOf(schema['allOf']).map((raw) => wholeOf(partOf(raw))),
    ...branchRules(schema, partOf),
    ...conditionRules(schema, partOf),
  ];
  const rules = [...unreadRules(schema), ...objectRules(schema), ...listRules(schema), ...beside];
  return { rules, hasParts: beside.length > 0 };
}

function isSchema(value: unknown): boolean {
  return isObject(value) || typeof value === 'boolean';
}

/** What only a full validator knows: which parts others have looked at, and how many of a list fit. */
function unreadRules(schema: Schema): Rule[] {
  const unread = ['unevaluatedProperties', 'unevaluatedItems', 'contains'];
  return unread.some((word) => isSchema(schema[word])) ? [(): Verdict => 'unknown'] : [];
}

/** Named schemas stand for themselves; those written in place know what is read-only around them. */
function newPart(raw: unknown, around: Around): Part {
  const schema = schemaAt(around.document, raw);
  if (!schema) return () => 'fits';
  const isNamed = isObject(raw) && typeof raw['$ref'] === 'string';
  if (isNamed || !around.hasHidden) return (value, judging) => judging.beside(schema, value);
  let plan: Plan | undefined;
  return (value, judging) => {
    plan ??= around.planInside(schema);
    return judging.inTurn(schema, value, plan);
  };
}

/** A schema that is a part of itself asks for nothing more. */
function wholeOf(part: Part): Rule {
  return (value, judging) => {
    const verdict = part(value, judging);
    return verdict === 'circle' ? 'fits' : verdict;
  };
}

function choiceOf(part: Part): Rule {
  return (value, judging) => {
    const verdict = part(value, judging);
    return verdict === 'circle' ? 'unknown' : verdict;
  };
}

type MakePart = (raw: unknown) => Part;

/** Where a discriminator tells which branch is meant, that others fit too does not matter. */
function branchRules(schema: Schema, partOf: MakePart): Rule[] {
  const [any, one] = ['anyOf', 'oneOf'].map((word) =>
    listOf(schema[word]).map((raw) => choiceOf(partOf(raw))),
  ) as [Rule[], Rule[]];
  if (schema['discriminator'] !== undefined) return [any, one].filter(isSaid).slice(0, 1).map(anyRule);
  return [...[any].filter(isSaid).map(anyRule), ...[one].filter(isSaid).map(oneRule)];
}

function isSaid({ length }: readonly Rule[]): boolean {
  return length > 0;
}

function anyRule(branches: readonly Rule[]): Rule {
  return (value, judging) => {
    let verdict: Verdict = 'fails';
    for (const branch of branches) {
      const one = branch(value, judging);
      if (one === 'fits') return 'fits';
      if (one === 'unknown') verdict = 'unknown';
    }
    return verdict;
  };
}

function oneRule(branches: readonly Rule[]): Rule {
  return (value, judging) => {
    let [fitting, unknown] = [0, 0];
    for (const branch of branches) {
      const one = branch(value, judging);
      if (one === 'fits') fitting += 1;
      if (one === 'unknown') unknown += 1;
      if (fitting > 1) return 'fails';
    }
    if (unknown > 0) return 'unknown';
    return fitting === 1 ? 'fits' : 'fails';
  };
}

function conditionRules(schema: Schema, partOf: MakePart): Rule[] {
  const part = (word: string): Rule | undefined =>
    isSchema(schema[word]) ? choiceOf(partOf(schema[word])) : undefined;
  const [not, condition, then, otherwise] = [part('not'), part('if'), part('then'), part('else')];
  const conditions = entriesOf(schema['dependentSchemas']).map(([name, raw]) => {
    const rule = choiceOf(partOf(raw));
    return whenThere(name, rule);
  });
  return [
    ...(not ? [notRule(not)] : []),
    ...(condition && (then ?? otherwise) ? [ifRule(condition, then, otherwise)] : []),
    ...conditions,
  ];
}

function whenThere(name: string, rule: Rule): Rule {
  return (value, judging) => (isObject(value) && Object.hasOwn(value, name) ? rule(value, judging) : 'fits');
}

const OPPOSITE: Readonly<Record<Verdict, Verdict>> = { fits: 'fails', fails: 'fits', unknown: 'unknown' };

function notRule(excluded: Rule): Rule {
  return (value, judging) => OPPOSITE[excluded(value, judging)];
}

function ifRule(condition: Rule, then: Rule | undefined, otherwise: Rule | undefined): Rule {
  return (value, judging) => {
    const verdict = condition(value, judging);
    if (verdict === 'unknown') return 'unknown';
    return (verdict === 'fits' ? then : otherwise)?.(value, judging) ?? 'fits';
  };
}

function objectRules(schema: Schema): Rule[] {
  const properties = new Map(entriesOf(schema['properties']));
  const byPattern = entriesOf(schema['patternProperties']).flatMap(([pattern, raw]) => {
    const engine = patternEngine(pattern);
    return engine ? [{ engine, raw }] : [];
  });
  const { additionalProperties: others, propertyNames } = schema;
  const [hasRest, hasNames] = [isSchema(others) && others !== true, isSchema(propertyNames)];
  if (properties.size + byPattern.length === 0 && !hasRest && !hasNames) return [];
  const schemasFor = (name: string): unknown[] => {
    const matching = byPattern.filter(({ engine }) => engine.test(name)).map(({ raw }) => raw);
    const own = properties.has(name) ? [properties.get(name), ...matching] : matching;
    return own.length === 0 && hasRest ? [others] : own;
  };
  return [
    (value, judging) =>
      !isObject(value)
        ? 'fits'
        : allOf(Object.keys(value), (name) => {
            if (hasNames && judging.below(propertyNames, name) !== 'fits') {
              return judging.below(propertyNames, name);
            }
            return allOf(schemasFor(name), (raw) => judging.below(raw, value[name]));
          }),
  ];
}

function listRules({ prefixItems, items }: Schema): Rule[] {
  const first = listOf(prefixItems);
  const hasRest = isSchema(items);
  if (first.length === 0 && !hasRest) return [];
  return [
    (value, judging) => {
      if (!Array.isArray(value)) return 'fits';
      const judged = hasRest ? value : value.slice(0, first.length);
      return allOf(judged.entries(), ([index, item]) =>
        judging.below(index < first.length ? first[index] : items, item),
      );
    },
  ];
}
