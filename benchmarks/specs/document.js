/*
 * The oracle's own reading of an OpenAPI document. It shares no code with src/openapi on purpose: what is
 * wrong there must not be wrong here in the same way.
 */
import { parse as parseYaml } from 'yaml';
import { integerIn, parseDigits } from './exact-json.js';

/** @typedef {Record<string, unknown>} Node */
/** @typedef {'array' | 'object' | 'scalar'} Shape */

/**
 * @typedef {object} RawOperation
 * @property {Node[]} parameters without those of a body
 * @property {RawBody | null} body
 */

/**
 * @typedef {object} RawBody
 * @property {boolean} required
 * @property {Map<string, Node>} media by media type as written
 */

const DEEPEST = 24;

/** @param {string} text @returns {Node} */
export function parseText(text) {
  /** @type {unknown} */
  const value = /^\s*\{/.test(text)
    ? parseDigits(text)
    : withPlainNumbers(
        parseYaml(text, { uniqueKeys: false, maxAliasCount: -1, intAsBigInt: true }),
        new Map(),
      );
  if (!isRecord(value)) throw new Error('the document is not an object');
  return value;
}

/** Bigints only where a double would lose digits; what aliases share stays shared. @param {unknown} value @param {Map<unknown, unknown>} known @returns {unknown} */
function withPlainNumbers(value, known) {
  if (typeof value === 'bigint') return integerIn(String(value));
  if (typeof value !== 'object' || value === null) return value;
  if (known.has(value)) return known.get(value);
  /** @type {Record<string, unknown>} */
  const copy = Array.isArray(value) ? /** @type {never} */ ([]) : {};
  known.set(value, copy);
  for (const [key, inner] of Object.entries(value))
    Object.defineProperty(copy, key, {
      configurable: true,
      enumerable: true,
      writable: true,
      value: withPlainNumbers(inner, known),
    });
  return copy;
}

/** @param {Node} document */
export function versionOf(document) {
  const version = document['openapi'] ?? document['swagger'];
  return typeof version === 'string' || typeof version === 'number' ? String(version) : '?';
}

/** The node behind a `$ref`; undefined when it leads nowhere or out of the document. @param {Node} document @param {unknown} node @returns {Node | undefined} */
export function follow(document, node) {
  let current = node;
  for (let hops = 0; hops < DEEPEST; hops += 1) {
    if (!isRecord(current)) return undefined;
    if (typeof current['$ref'] !== 'string') return current;
    current = lookUp(document, current['$ref']);
  }
  return undefined;
}

/** @param {Node} document @param {string} reference @returns {unknown} */
export function lookUp(document, reference) {
  if (reference === '#') return document;
  if (!reference.startsWith('#/')) return undefined;
  /** @type {unknown} */
  let current = document;
  for (const part of reference.slice(2).split('/')) {
    const key = unescape(part);
    if (Array.isArray(current)) current = /** @type {unknown[]} */ (current)[Number(key)];
    else if (isRecord(current) && Object.hasOwn(current, key)) current = current[key];
    else return undefined;
  }
  return current;
}

/** @param {string} part */
function unescape(part) {
  const plain = part.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
  return plain.replace(/~1/g, '/').replace(/~0/g, '~');
}

/** @param {Node} document @param {string} template @param {string} method @returns {RawOperation | undefined} */
export function operationAt(document, template, method) {
  const paths = document['paths'];
  const item =
    isRecord(paths) && Object.hasOwn(paths, template) ? follow(document, paths[template]) : undefined;
  const operation = item && follow(document, rawOperation(item, method));
  if (!operation) return undefined;
  /** @type {Map<string, Node>} */
  const parameters = new Map();
  for (const entry of [...listOf(item['parameters']), ...listOf(operation['parameters'])]) {
    const parameter = follow(document, entry);
    if (!parameter || typeof parameter['name'] !== 'string') continue;
    parameters.set(`${String(parameter['in'])} ${parameter['name']}`, parameter);
  }
  const all = [...parameters.values()];
  const inBody = all.filter((parameter) => parameter['in'] === 'body' || parameter['in'] === 'formData');
  return {
    parameters: all.filter((parameter) => !inBody.includes(parameter)),
    body: isSwagger(document) ? swaggerBody(document, operation, inBody) : openApiBody(document, operation),
  };
}

/** Methods of each version have words of their own; 3.2 names others as they are sent. @param {Node} item @param {string} method @returns {unknown} */
function rawOperation(item, method) {
  const word = METHODS.find((one) => one.toUpperCase() === method);
  if (word !== undefined) return item[word] ?? item[method];
  return isRecord(item['additionalOperations']) ? item['additionalOperations'][method] : undefined;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace', 'query'];

/** As they are sent, in all versions. @param {Node} document @param {string} template @returns {string[]} */
export function methodsAt(document, template) {
  const paths = isRecord(document['paths']) ? document['paths'] : {};
  const item = follow(document, paths[template]);
  if (!item) return [];
  const added = isRecord(item['additionalOperations']) ? Object.keys(item['additionalOperations']) : [];
  return [
    ...METHODS.filter((method) => isRecord(item[method])).map((method) => method.toUpperCase()),
    ...added,
  ];
}

/** The values that stand beside a schema. @param {Node} node @returns {unknown[]} */
export function examplesIn(node) {
  const values = namedExamples(node).map((entry) => entry['value']);
  return [node['example'], ...values, ...dataValuesIn(node)].filter((value) => value !== undefined);
}

/** What 3.2 calls values, apart from the texts that they are sent as. @param {Node} node @returns {unknown[]} */
export function dataValuesIn(node) {
  return namedExamples(node)
    .map((entry) => entry['dataValue'])
    .filter((value) => value !== undefined);
}

/** @param {Node} node */
function namedExamples(node) {
  return Object.values(isRecord(node['examples']) ? node['examples'] : {}).filter(isRecord);
}

/** @param {Node} document */
export function isSwagger(document) {
  return document['swagger'] !== undefined;
}

/** @param {Node} document @param {Node} operation @returns {RawBody | null} */
function openApiBody(document, operation) {
  const body = follow(document, operation['requestBody']);
  if (!body || !isRecord(body['content'])) return null;
  /** @type {Map<string, Node>} */
  const media = new Map();
  for (const [type, entry] of Object.entries(body['content'])) media.set(type, follow(document, entry) ?? {});
  return media.size === 0 ? null : { required: body['required'] === true, media };
}

/** Form fields of Swagger 2.0 become the properties of one object. @param {Node} document @param {Node} operation @param {Node[]} inBody @returns {RawBody | null} */
function swaggerBody(document, operation, inBody) {
  if (inBody.length === 0) return null;
  const consumes = listOf(operation['consumes'] ?? document['consumes']).map(String);
  const whole = inBody.find((parameter) => parameter['in'] === 'body');
  if (whole) {
    const types = consumes.length > 0 ? consumes : ['application/json'];
    return {
      required: whole['required'] === true,
      media: new Map(types.map((type) => [type, { schema: whole['schema'] }])),
    };
  }
  const required = inBody.filter((field) => field['required'] === true).map((field) => field['name']);
  const schema = {
    type: 'object',
    properties: Object.fromEntries(inBody.map((field) => [String(field['name']), field])),
    required,
  };
  const encoding = Object.fromEntries(
    inBody.map((field) => [String(field['name']), collectionEncoding(field)]),
  );
  const types = ['application/x-www-form-urlencoded', 'multipart/form-data', ...consumes];
  return { required: required.length > 0, media: new Map(types.map((type) => [type, { schema, encoding }])) };
}

/** Swagger 2.0's words for the styles of OpenAPI 3. @param {Node} field @returns {Node} */
export function collectionEncoding(field) {
  switch (field['collectionFormat']) {
    case 'multi':
      return { style: 'form', explode: true };
    case 'ssv':
      return { style: 'spaceDelimited', explode: false };
    case 'tsv':
      return { style: 'tabDelimited', explode: false };
    case 'pipes':
      return { style: 'pipeDelimited', explode: false };
    default:
      return { style: 'form', explode: false };
  }
}

/** What a value of a schema can look like, as far as its words tell. @param {Node} document @param {unknown} schema @returns {Set<Shape>} */
export function shapesOf(document, schema) {
  /** @type {Set<Shape>} */
  const shapes = new Set();
  const isKnown = collectShapes(document, schema, shapes, 0);
  return isKnown ? shapes : new Set(['scalar', 'array', 'object']);
}

/** @param {Node} document @param {unknown} schema @param {Set<Shape>} shapes @param {number} depth @returns {boolean} */
function collectShapes(document, schema, shapes, depth) {
  const node = depth > DEEPEST ? undefined : follow(document, schema);
  if (!node) return false;
  const types = Array.isArray(node['type']) ? listOf(node['type']) : [node['type']].filter(Boolean);
  const before = shapes.size;
  for (const type of types) shapes.add(type === 'array' || type === 'object' ? type : 'scalar');
  if (types.length > 0) return true;
  if (isRecord(node['properties'])) shapes.add('object');
  else if (node['items'] !== undefined) shapes.add('array');
  else if (['enum', 'format', 'pattern', 'const'].some((word) => node[word] !== undefined))
    shapes.add('scalar');
  let isKnown = shapes.size > before;
  for (const word of ['allOf', 'anyOf', 'oneOf']) {
    for (const part of listOf(node[word]))
      isKnown = collectShapes(document, part, shapes, depth + 1) || isKnown;
  }
  return isKnown;
}

/** The properties of an object, those of its parts included. @param {Node} document @param {unknown} schema @param {number} [depth] @returns {Map<string, unknown>} */
export function propertiesOf(document, schema, depth = 0) {
  /** @type {Map<string, unknown>} */
  const properties = new Map();
  const node = depth > DEEPEST ? undefined : follow(document, schema);
  if (!node) return properties;
  for (const word of ['allOf', 'anyOf', 'oneOf']) {
    for (const part of listOf(node[word])) {
      for (const [name, value] of propertiesOf(document, part, depth + 1)) properties.set(name, value);
    }
  }
  if (isRecord(node['properties'])) {
    for (const [name, value] of Object.entries(node['properties'])) properties.set(name, value);
  }
  return properties;
}

/** @param {unknown} value @returns {value is Node} */
export function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @param {unknown} value @returns {unknown[]} */
export function listOf(value) {
  return Array.isArray(value) ? value : [];
}
