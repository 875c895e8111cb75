/*
 * Reads values back out of a request's text, by the tables of styles in the OpenAPI specification.
 * What comes out are texts, and arrays and objects of texts: the schema says what they mean.
 */
import { collectionEncoding, follow, isRecord, isSwagger, propertiesOf, shapesOf } from './document.js';
import { parseDigits } from './exact-json.js';

/** @typedef {import('./document.js').Node} Node */
/** @typedef {import('../../dist/model/requests/request.js').RequestBlueprint} Blueprint */
/** @typedef {readonly [name: string, raw: string]} Pair one of a query or form, still encoded */

/**
 * @typedef {object} Sent
 * @property {Map<string, string>} path by placeholder, still encoded
 * @property {Pair[]} query
 * @property {string} rawQuery all of it, still encoded
 * @property {Map<string, string>} headers by name in lower case
 * @property {Map<string, string>} cookies still encoded
 */

/** What a request says in all its places, or why it cannot be read. @param {string} template @param {Blueprint} blueprint @returns {Sent | string} */
export function readRequest(template, blueprint) {
  const { path, headers } = blueprint;
  if (!/^\/[\x21-\x7e]*$/.test(path)) return `the path ${path} is not ready for the wire`;
  const [beforeQuery = '', ...rest] = path.split('?');
  const values = matchPath(template, beforeQuery);
  if (!values) return `the path ${beforeQuery} does not match ${template}`;
  /** @type {Map<string, string>} */
  const byName = new Map();
  for (let index = 0; index < headers.length; index += 2) {
    const [name = '', value = ''] = headers.slice(index, index + 2);
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      return `the header ${JSON.stringify(name)} is not ready for the wire`;
    byName.set(name.toLowerCase(), value);
  }
  const cookies = (byName.get('cookie') ?? '').split(/; */).filter(Boolean).map(halves);
  return {
    path: values,
    query: pairsOf(rest.join('?')),
    rawQuery: rest.join('?'),
    headers: byName,
    cookies: new Map(cookies),
  };
}

/** @param {string} template @param {string} path @returns {Map<string, string> | undefined} */
function matchPath(template, path) {
  // Documents tell apart by `#name` or `?a=b` what is one path: sent as it is or left out, both are fine.
  return matchPlain(template, path) ?? matchPlain(template.split(/[?#]/)[0] ?? '', path);
}

/** @param {string} template @param {string} path @returns {Map<string, string> | undefined} */
function matchPlain(template, path) {
  /** @type {string[]} */
  const names = [];
  const pattern = template
    .split(/(\{[^{}]+\})/)
    .map((part) => {
      if (!/^\{[^{}]+\}$/.test(part)) return literal(part);
      names.push(part.slice(1, -1));
      return '([^/]*)';
    })
    .join('');
  const found = new RegExp(`${pattern}$`).exec(path);
  if (!found) return undefined;
  return new Map(names.map((name, index) => [name, found[index + 1] ?? '']));
}

/** As it is, or percent-encoded where it cannot be. @param {string} text */
function literal(text) {
  return Array.from(text)
    .map((char) => {
      const plain = char.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      const encoded = [...Buffer.from(char)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
      return /[A-Za-z0-9/]/.test(char) ? plain : `(?:${plain}|${encoded}|${encoded.toUpperCase()})`;
    })
    .join('');
}

/** @param {string} text @returns {Pair[]} */
export function pairsOf(text) {
  return text
    .split('&')
    .filter(Boolean)
    .map(halves)
    .map(([name, value]) => [decodeForm(name), value]);
}

/** @param {string} text @returns {[string, string]} */
function halves(text) {
  const middle = text.indexOf('=');
  return middle < 0 ? [text, ''] : [text.slice(0, middle), text.slice(middle + 1)];
}

/** Candidates for the value of a parameter; undefined = not sent. @param {Node} document @param {Node} parameter @param {Sent} sent @param {ReadonlySet<string>} others names of the other query parameters @returns {unknown[] | undefined} */
export function readParameter(document, parameter, sent, others) {
  const name = String(parameter['name']);
  const { schema, style, explode, isJson } = termsOf(document, parameter);
  const shapes = shapesOf(document, schema);
  if (parameter['in'] === 'querystring') return readQuerystring(document, parameter, schema, sent);
  if (parameter['in'] === 'query') {
    const pairs = sent.query.filter(([key]) => isOf(key, name));
    if (isJson) return pairs.length > 0 ? [fromJson(decodeForm(pairs[0]?.[1] ?? ''))] : undefined;
    const fields = new Set(propertiesOf(document, schema).keys());
    const loose = sent.query.filter(([key]) => !others.has(key) && (fields.has(key) || fields.size === 0));
    const isSpread = shapes.has('object') && style === 'form' && explode;
    if (pairs.length === 0 && !(isSpread && loose.length > 0)) return undefined;
    return fromPairs(pairs.length > 0 ? pairs : [], {
      name,
      shapes,
      style,
      explode,
      loose: isSpread ? loose : [],
    });
  }
  if (parameter['in'] === 'path') {
    const raw = sent.path.get(name);
    if (raw === undefined) return undefined;
    return isJson
      ? [fromJson(decodePlain(raw))]
      : fromText(raw, { name, shapes, style, explode, decode: decodePlain });
  }
  const isHeader = parameter['in'] === 'header';
  const raw = isHeader ? sent.headers.get(name.toLowerCase()) : sent.cookies.get(name);
  if (raw === undefined) return undefined;
  const decode = isHeader ? (/** @type {string} */ text) => text.trim() : decodePlain;
  return isJson ? [fromJson(decode(raw))] : fromText(raw, { name, shapes, style: 'simple', explode, decode });
}

/** The whole query as one value, which OpenAPI 3.2 describes by a media type. @param {Node} document @param {Node} parameter @param {unknown} schema @param {Sent} sent @returns {unknown[] | undefined} */
function readQuerystring(document, parameter, schema, { rawQuery }) {
  if (rawQuery === '') return undefined;
  const [entry] = Object.entries(isRecord(parameter['content']) ? parameter['content'] : {});
  if (!entry) return [];
  const [type, media] = entry;
  if (/json/i.test(type)) return [fromJson(decodePlain(rawQuery))];
  if (type.toLowerCase() !== 'application/x-www-form-urlencoded') return [decodePlain(rawQuery)];
  const encoding = isRecord(media) && isRecord(media['encoding']) ? media['encoding'] : {};
  return [readForm(document, schema, encoding, pairsOf(rawQuery))];
}

/** @param {Node} document @param {Node} parameter */
export function termsOf(document, parameter) {
  const content = isRecord(parameter['content']) ? Object.entries(parameter['content'])[0] : undefined;
  const media = content && isRecord(content[1]) ? content[1] : undefined;
  const isForm = parameter['in'] === 'query' || parameter['in'] === 'cookie';
  const terms = isSwagger(document) ? collectionEncoding(parameter) : parameter;
  const written = parameter['in'] === 'query' || !isSwagger(document) ? terms['style'] : 'simple';
  const style = typeof written === 'string' ? written : isForm ? 'form' : 'simple';
  return {
    schema: isSwagger(document) ? parameter : (parameter['schema'] ?? media?.['schema'] ?? {}),
    style,
    explode: typeof terms['explode'] === 'boolean' ? terms['explode'] : style === 'form',
    isJson: media !== undefined && !/form-urlencoded/i.test(content?.[0] ?? ''),
    /** Where examples stand beside the schema. */
    describing: [parameter, ...(media ? [media] : [])],
  };
}

/** `filter` and `filter[name]`. @param {string} key @param {string} name */
function isOf(key, name) {
  return key === name || key.startsWith(`${name}[`);
}

/** @param {readonly Pair[]} pairs @param {{ name: string, shapes: ReadonlySet<string>, style: string, explode: boolean, loose: readonly Pair[] }} terms @returns {unknown[]} */
function fromPairs(pairs, { name, shapes, style, explode, loose }) {
  /** @type {unknown[]} */
  const candidates = [];
  const values = pairs.filter(([key]) => key === name || key === `${name}[]`).map(([, value]) => value);
  if (shapes.has('scalar') && values.length === 1) candidates.push(decodeForm(values[0] ?? ''));
  if (shapes.has('array') && values.length > 0) {
    const pieces = explode ? values : (values[0] ?? '').split(delimiterOf(style));
    candidates.push(pieces.map(decodeForm));
  }
  if (!shapes.has('object')) return candidates;
  if (loose.length > 0) candidates.push(nest(loose.map(([key, value]) => [[key], decodeForm(value)])));
  const nested = pairs.filter(([key]) => key.startsWith(`${name}[`));
  if (nested.length > 0)
    candidates.push(nest(nested.map(([key, value]) => [partsOf(key).slice(1), decodeForm(value)])));
  if (values.length === 1) {
    candidates.push(alternating((values[0] ?? '').split(delimiterOf(style)).map(decodeForm)));
    candidates.push(fromJson(decodeForm(values[0] ?? '')));
  }
  return candidates;
}

/** @param {string} style */
function delimiterOf(style) {
  switch (style) {
    case 'spaceDelimited':
      return /%20|\+/;
    case 'tabDelimited':
      return /%09/;
    case 'pipeDelimited':
      return /\||%7c/i;
    default:
      return /,/;
  }
}

/** @param {string} raw @param {{ name: string, shapes: ReadonlySet<string>, style: string, explode: boolean, decode: (text: string) => string }} terms @returns {unknown[]} */
function fromText(raw, { name, shapes, style, explode, decode }) {
  const text = withoutMark(raw, name, style, explode);
  if (text === undefined) return [];
  const between = explode && style === 'label' ? '.' : explode && style === 'matrix' ? ';' : ',';
  const pieces = text.split(between);
  /** @type {unknown[]} */
  const candidates = [];
  if (shapes.has('scalar')) candidates.push(decode(style === 'matrix' ? afterName(text, name) : text));
  if (shapes.has('array'))
    candidates.push(
      pieces.map((piece) => decode(style === 'matrix' && explode ? afterName(piece, name) : piece)),
    );
  if (shapes.has('object')) {
    candidates.push(
      explode
        ? Object.fromEntries(pieces.map(halves).map(([key, value]) => [decode(key), decode(value)]))
        : alternating(pieces.map(decode)),
    );
  }
  return candidates;
}

/** The sign that label and matrix put first; undefined when it is not there. @param {string} raw @param {string} name @param {string} style @param {boolean} explode */
function withoutMark(raw, name, style, explode) {
  if (style === 'label') return raw.startsWith('.') ? raw.slice(1) : undefined;
  if (style !== 'matrix') return raw;
  if (!raw.startsWith(';')) return undefined;
  return explode ? raw.slice(1) : afterName(raw.slice(1), name);
}

/** @param {string} text @param {string} name */
function afterName(text, name) {
  return text.startsWith(`${name}=`) ? text.slice(name.length + 1) : text;
}

/** @param {readonly string[]} pieces */
function alternating(pieces) {
  /** @type {[string, string | undefined][]} */
  const entries = [];
  for (let index = 0; index < pieces.length; index += 2)
    entries.push([pieces[index] ?? '', pieces[index + 1]]);
  return Object.fromEntries(entries);
}

/** `a[b][]` → a, b and an empty part. @param {string} key */
function partsOf(key) {
  const [first = '', ...rest] = key.split('[');
  return [first, ...rest.map((part) => part.replace(/\]$/, ''))];
}

/** @param {readonly [readonly string[], unknown][]} entries @returns {unknown} */
function nest(entries) {
  /** @type {Map<string, [readonly string[], unknown][]>} */
  const groups = new Map();
  for (const [[first = '', ...rest], value] of entries)
    groups.set(first, [...(groups.get(first) ?? []), [rest, value]]);
  const leaf = (/** @type {[readonly string[], unknown][]} */ group) => {
    const [only] = group;
    if (group.some(([rest]) => rest.length > 0)) return nest(group);
    return group.length === 1 ? only?.[1] : group.map(([, value]) => value);
  };
  const keys = [...groups.keys()];
  if (keys.length > 0 && keys.every((key) => key === '' || /^\d+$/.test(key)))
    return [...groups.values()].flatMap((group) =>
      group.some(([rest]) => rest.length > 0) ? [leaf(group)] : group.map(([, value]) => value),
    );
  return Object.fromEntries([...groups].map(([key, group]) => [key, leaf(group)]));
}

/** The object that a form says. @param {Node} document @param {unknown} schema @param {Node} encoding @param {readonly Pair[]} pairs @returns {Node} */
export function readForm(document, schema, encoding, pairs) {
  const properties = propertiesOf(document, schema);
  const names = new Set(pairs.map(([key]) => (properties.has(key) ? key : (partsOf(key)[0] ?? ''))));
  /** @type {[string, unknown][]} */
  const entries = [];
  for (const name of names) {
    const own = pairs.filter(
      ([key]) => (properties.has(name) && key === name) || (!properties.has(key) && isOf(key, name)),
    );
    const terms = isRecord(encoding[name]) ? encoding[name] : {};
    entries.push([name, fieldValue(document, properties.get(name), terms, name, own)]);
  }
  return Object.fromEntries(entries);
}

/** @param {Node} document @param {unknown} schema @param {Node} terms @param {string} name @param {readonly Pair[]} pairs @returns {unknown} */
function fieldValue(document, schema, terms, name, pairs) {
  const nested = pairs.filter(([key]) => key !== name);
  if (nested.length > 0)
    return nest(nested.map(([key, value]) => [partsOf(key).slice(1), decodeForm(value)]));
  const shapes = shapesOf(document, schema ?? {});
  const style = typeof terms['style'] === 'string' ? terms['style'] : 'form';
  const explode = typeof terms['explode'] === 'boolean' ? terms['explode'] : style === 'form';
  const texts = pairs.map(([, value]) => value);
  const [first = ''] = texts;
  if (shapes.has('array') && !(shapes.has('scalar') && texts.length === 1)) {
    const whole = decodeForm(first);
    if (texts.length === 1 && whole.startsWith('[')) return fromJson(whole);
    const pieces = explode ? texts : piecesOf(first, style);
    const ofItems = shapesOf(document, follow(document, schema)?.['items'] ?? {});
    const isText = ofItems.size === 1 && ofItems.has('scalar');
    return pieces.map(decodeForm).map((text) => (text.startsWith('{') && !isText ? fromJson(text) : text));
  }
  const text = decodeForm(first);
  if (!shapes.has('object')) return text;
  if (text.startsWith('{')) return fromJson(text);
  const pieces = piecesOf(first, style);
  return !explode && pieces.length % 2 === 0 ? alternating(pieces.map(decodeForm)) : text;
}

/** A part of a multipart body, which is not encoded there, has its commas encoded here. @param {string} raw @param {string} style */
function piecesOf(raw, style) {
  const pieces = raw.split(delimiterOf(style));
  return pieces.length === 1 ? raw.split(/%2c/i) : pieces;
}

/** @param {string} text @returns {unknown} */
export function fromJson(text) {
  try {
    return parseDigits(text);
  } catch {
    return text; // no JSON, which the schema will not like
  }
}

/** As URLSearchParams reads it. @param {string} text */
function decodeForm(text) {
  return new URLSearchParams(`v=${text.replaceAll('&', '%26')}`).get('v') ?? '';
}

/** @param {string} text */
function decodePlain(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
