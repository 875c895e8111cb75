/*
 * Judges values by ajv. A schema of any version is copied word by word into JSON Schema 2020-12; words that
 * are not known, or not as they must be, are left out, so that a document's faults never count as ours.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { asDoubles } from './exact-json.js';
import { follow, isRecord, isSwagger, listOf, lookUp, propertiesOf, versionOf } from './document.js';

/** @typedef {import('./document.js').Node} Node */

/** Null = valid; else the reason. @typedef {(value: unknown) => string | null} Check */

const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null']);
const NUMBERS = [
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minimum',
  'maximum',
];
const SCHEMAS = ['not', 'items', 'additionalProperties', 'contains', 'propertyNames', 'if', 'then', 'else'];
const LATER_SCHEMAS = ['unevaluatedProperties', 'unevaluatedItems'];
const MAPS = ['properties', 'patternProperties', 'dependentSchemas'];
const DEEPEST = 6;

export class Schemas {
  /** @type {WeakMap<object, Map<string, string>>} */
  #ids = new WeakMap();
  /** @type {{ id: string, node: Node, hidden: ReadonlySet<string> }[]} */
  #pending = [];
  #count = 0;
  #document;
  #isLater;
  #exact = newAjv(false);
  #coercing = newAjv(true);

  /** @param {Node} document */
  constructor(document) {
    this.#document = document;
    this.#isLater = !isSwagger(document) && !versionOf(document).startsWith('3.0');
  }

  /**
   * `isText`: the value was read from text, so that `'1'` is a number too. Throws what ajv throws of a
   * schema that it cannot compile.
   * @param {unknown} schema @param {boolean} isText @returns {Check}
   */
  checkFor(schema, isText) {
    if (!isRecord(schema))
      return (value) => (schema === false ? `nothing is allowed, not ${brief(value)}` : null);
    const id = this.#idOf(schema, new Set());
    this.#convertPending();
    const ajv = isText ? this.#coercing : this.#exact;
    const validate = ajv.getSchema(id);
    if (!validate) throw new Error(`no schema ${id}`);
    return (value) => {
      // In an object, so that ajv can put a number where a text was.
      if (validate(asDoubles(value)) === true) return null;
      const [error] = validate.errors ?? [];
      return `${error?.instancePath ?? ''} ${error?.message ?? 'is not valid'}: ${brief(at(value, error?.instancePath ?? ''))}`.trim();
    };
  }

  /** @param {Node} node @param {ReadonlySet<string>} hidden @returns {string} */
  #idOf(node, hidden) {
    /** @type {Map<string, string>} */
    const byHidden = this.#ids.get(node) ?? new Map();
    this.#ids.set(node, byHidden);
    const key = [...hidden].sort().join('\n');
    const known = byHidden.get(key);
    if (known !== undefined) return known;
    this.#count += 1;
    const id = `oracle:/${this.#count}`;
    byHidden.set(key, id);
    this.#pending.push({ id, node, hidden });
    return id;
  }

  #convertPending() {
    for (let next = this.#pending.pop(); next; next = this.#pending.pop()) {
      const converted = this.#convert(next.node, next.hidden);
      this.#exact.addSchema(converted, next.id);
      this.#coercing.addSchema(/** @type {Node | boolean} */ (withAnyOf(converted)), next.id);
    }
  }

  /** @param {unknown} node @param {ReadonlySet<string>} hidden @returns {Node | boolean} */
  #convert(node, hidden) {
    if (!isRecord(node)) return node !== false;
    if (typeof node['$ref'] !== 'string') return this.#copy(node, hidden);
    const target = lookUp(this.#document, node['$ref']);
    const link = isRecord(target) ? { $ref: this.#idOf(target, hidden) } : target !== false;
    // Before 3.1 the neighbours of a `$ref` are ignored.
    if (!this.#isLater) return link;
    const beside = this.#copy(
      Object.fromEntries(Object.entries(node).filter(([word]) => word !== '$ref')),
      hidden,
    );
    return Object.keys(beside).length === 0 ? link : { allOf: [link, beside] };
  }

  /** @param {Node} node @param {ReadonlySet<string>} above @returns {Node} */
  #copy(node, above) {
    const hidden = new Set([...above, ...this.#readOnlyNames(node, 0)]);
    /** @type {Node} */
    const copy = {};
    for (const word of NUMBERS) if (isNumber(node[word])) copy[word] = Number(node[word]);
    const { multipleOf: unit } = node;
    if (isNumber(unit) && Number(unit) > 0) copy['multipleOf'] = Number(unit);
    if (node['uniqueItems'] === true) copy['uniqueItems'] = true;
    if (typeof node['format'] === 'string') copy['format'] = node['format'];
    if (typeof node['pattern'] === 'string' && isPattern(node['pattern'])) copy['pattern'] = node['pattern'];
    if (node['const'] !== undefined) copy['const'] = asDoubles(node['const']);
    copyExclusive(node, copy);
    copyType(node, copy);
    const required = listOf(node['required']).filter((name) => typeof name === 'string' && !hidden.has(name));
    if (required.length > 0) copy['required'] = [...new Set(required)];
    this.#copySchemas(node, copy, hidden);
    return copy;
  }

  /** @param {Node} node @param {Node} copy @param {ReadonlySet<string>} hidden */
  #copySchemas(node, copy, hidden) {
    const none = new Set();
    for (const word of this.#isLater ? [...SCHEMAS, ...LATER_SCHEMAS] : SCHEMAS) {
      const value = node[word];
      if (typeof value === 'boolean' || isRecord(value)) copy[word] = this.#convert(value, none);
    }
    for (const word of MAPS) {
      const map = node[word];
      if (!isRecord(map)) continue;
      const entries = Object.entries(map).filter(([key]) => word !== 'patternProperties' || isPattern(key));
      copy[word] = Object.fromEntries(entries.map(([key, value]) => [key, this.#convert(value, none)]));
    }
    for (const word of ['allOf', 'anyOf', 'oneOf']) {
      const parts = listOf(node[word]);
      if (parts.length === 0) continue;
      const branches = parts.map((part) => this.#convert(part, hidden));
      copy[word] = branches;
      if (word === 'allOf' || node['discriminator'] === undefined) continue;
      // It changes nothing of what oneOf demands, and asks for more: a branch that fits has the name that is sent.
      const asNamed = { anyOf: branches.map((branch, at) => named(node, parts[at], branch)) };
      copy['allOf'] = [...listOf(copy['allOf']), asNamed];
    }
    const tuple = Array.isArray(node['items']) ? listOf(node['items']) : listOf(node['prefixItems']);
    if (tuple.length > 0) copy['prefixItems'] = tuple.map((part) => this.#convert(part, none));
    if (this.#isLater && isRecord(node['dependentRequired']))
      copy['dependentRequired'] = node['dependentRequired'];
  }

  /** Said beside the reference, behind it, or in a part of an allOf. @param {unknown} property @param {number} depth @returns {boolean} */
  #isReadOnly(property, depth) {
    if (isRecord(property) && typeof property['readOnly'] === 'boolean') return property['readOnly'];
    const schema = depth < DEEPEST ? follow(this.#document, property) : undefined;
    if (typeof schema?.['readOnly'] === 'boolean') return schema['readOnly'];
    return listOf(schema?.['allOf']).some((part) => this.#isReadOnly(part, depth + 1));
  }

  /** A property that is only read need not be in a request, though it is required. @param {Node} node @param {number} depth @returns {string[]} */
  #readOnlyNames(node, depth) {
    const own = Object.entries(isRecord(node['properties']) ? node['properties'] : {});
    const names = own.filter(([, property]) => this.#isReadOnly(property, 0)).map(([name]) => name);
    if (depth >= DEEPEST) return names;
    const parts = listOf(node['allOf']).map((part) => follow(this.#document, part));
    return [
      ...names,
      ...parts.flatMap((part) => (part ? this.#readOnlyNames(part, depth + 1) : [])),
      ...this.#readOnlyInBranches(node, depth),
    ];
  }

  /** Names that every branch which knows them calls read-only. @param {Node} node @param {number} depth @returns {string[]} */
  #readOnlyInBranches(node, depth) {
    const branches = [...listOf(node['oneOf']), ...listOf(node['anyOf'])].flatMap((branch) => {
      const schema = follow(this.#document, branch);
      return schema ? [schema] : [];
    });
    const read = branches.map((branch) => new Set(this.#readOnlyNames(branch, depth + 1)));
    const known = branches.map((branch) => propertiesOf(this.#document, branch));
    const own = propertiesOf(this.#document, { ...node, oneOf: [], anyOf: [] });
    return [...new Set(read.flatMap((names) => [...names]))].filter(
      (name) =>
        !own.has(name) && known.every((names, at) => !names.has(name) || read[at]?.has(name) === true),
    );
  }
}

/** A branch whose value says the name by which the mapping knows it. @param {Node} node @param {unknown} part @param {unknown} branch @returns {unknown} */
function named({ discriminator }, part, branch) {
  if (!isRecord(discriminator) || !isRecord(discriminator['mapping']) || !isRecord(part)) return branch;
  const { $ref: reference } = part;
  const targets = [reference, String(reference).split('/').at(-1)];
  const keys = Object.entries(discriminator['mapping']).filter(([, target]) =>
    targets.includes(/** @type {string} */ (target)),
  );
  if (typeof reference !== 'string' || keys.length === 0) return branch;
  const name = String(discriminator['propertyName']);
  return { allOf: [branch, { properties: { [name]: { enum: keys.map(([key]) => key) } } }] };
}

/** Of a text `1` both a number and a text are right, so that `oneOf` says too much. @param {unknown} schema @returns {unknown} */
function withAnyOf(schema) {
  if (Array.isArray(schema)) return schema.map(withAnyOf);
  if (!isRecord(schema)) return schema;
  const { oneOf, ...others } = schema;
  const all = Array.isArray(oneOf)
    ? { ...others, allOf: [...listOf(others['allOf']), { anyOf: oneOf }] }
    : schema;
  return Object.fromEntries(
    Object.entries(all).map(([word, value]) => [word, isLiteral(word) ? value : withAnyOf(value)]),
  );
}

/** @param {string} word */
function isLiteral(word) {
  return word === 'enum' || word === 'const';
}

/** @param {boolean} coerceTypes */
function newAjv(coerceTypes) {
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    addUsedSchema: false,
    inlineRefs: false,
    unicodeRegExp: false,
    multipleOfPrecision: 9,
    logger: false,
    coerceTypes,
  });
  formats.default(ajv);
  return ajv;
}

/** Bigints are compared digit by digit elsewhere. @param {unknown} value */
function isNumber(value) {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** @param {Node} node @param {Node} copy */
function copyExclusive(node, copy) {
  for (const [exclusive, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ]) {
    const value = node[String(exclusive)];
    if (isNumber(value)) copy[String(exclusive)] = Number(value);
    if (value !== true || copy[String(limit)] === undefined) continue;
    copy[String(exclusive)] = copy[String(limit)];
    Reflect.deleteProperty(copy, String(limit));
  }
}

/** @param {Node} node @param {Node} copy */
function copyType(node, copy) {
  const choices = listOf(asDoubles(node['enum']));
  const written = (Array.isArray(node['type']) ? listOf(node['type']) : [node['type']]).filter(
    (type) => typeof type === 'string',
  );
  const types = written.map((type) => (type === 'file' ? 'string' : type)).filter((type) => TYPES.has(type));
  const isNullable = node['nullable'] === true || node['x-nullable'] === true;
  if (isNullable && types.length > 0) types.push('null');
  if (choices.length > 0) copy['enum'] = choices;
  const fitting = choices.filter((choice) => types.some((type) => isOfType(choice, type)));
  // Documents write `type: string, enum: [1, 2]`: the choices are what the server knows.
  if (choices.length > 0 && fitting.length === 0) copy['type'] = [...new Set(choices.map(typeName))];
  else if (types.length > 0 && types.length === written.length + (isNullable ? 1 : 0))
    copy['type'] = [...new Set(types)];
}

/** @param {unknown} value @param {string} type */
function isOfType(value, type) {
  return typeName(value) === type || (type === 'integer' && Number.isInteger(value));
}

/** @param {unknown} value */
function typeName(value) {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** @param {string} pattern */
function isPattern(pattern) {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false; // Python's or Java's: not to be judged here
  }
}

/** @param {unknown} value @param {string} pointer */
function at(value, pointer) {
  let current = value;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    current = typeof current === 'object' && current !== null ? Reflect.get(current, key) : undefined;
  }
  return current;
}

/** @param {unknown} value */
function brief(value) {
  const text = value === undefined ? 'nothing' : JSON.stringify(asDoubles(value));
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
