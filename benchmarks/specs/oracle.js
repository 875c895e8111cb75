/*
 * Judges prepared requests by nothing but the bytes to be sent and the document: each value is read back out
 * of the request and held against its schema.
 */
import {
  dataValuesIn,
  examplesIn,
  follow,
  isRecord,
  listOf,
  operationAt,
  propertiesOf,
  shapesOf,
} from './document.js';
import { fromJson, pairsOf, readForm, readParameter, readRequest, termsOf } from './decode.js';
import { wrongDigits } from './digits.js';
import { filesAmong, readParts, wrongFileName } from './parts.js';
import { Schemas } from './schemas.js';

/** @typedef {import('./document.js').Node} Node */
/** @typedef {import('./document.js').RawBody} RawBody */
/** @typedef {import('./decode.js').Blueprint} Blueprint */
/** @typedef {import('./decode.js').Sent} Sent */

/**
 * @typedef {object} Verdict
 * @property {string} where `body`, `query.limit`, `request`
 * @property {'valid' | 'invalid' | 'unjudged'} state
 * @property {string} reason empty when valid
 */

/** Parameters that the specification leaves to others, and those that the connection sets. */
const NOT_JUDGED = new Set([
  'accept',
  'authorization',
  'content-type',
  'content-length',
  'host',
  'connection',
  'expect',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
]);

const FORMS = new Set(['application/x-www-form-urlencoded', 'multipart/form-data']);
const DEEPEST_REQUIRED = 12;

export class Oracle {
  #document;
  #schemas;
  /** Of the requests of an operation: the examples of the document come first. */
  #isFirst = true;

  /** @param {Node} document */
  constructor(document) {
    this.#document = document;
    this.#schemas = new Schemas(document);
  }

  /** One verdict for each part of the operation, over all its requests: the worst counts. @param {string} method @param {string} template @param {readonly Blueprint[]} blueprints @returns {Verdict[]} */
  judge(method, template, blueprints) {
    /** @type {Map<string, Verdict>} */
    const worst = new Map();
    for (const blueprint of blueprints) {
      this.#isFirst = blueprint === blueprints[0];
      for (const verdict of this.#judgeOne(method, template, blueprint)) {
        const before = worst.get(verdict.where);
        if (!before || rank(verdict) > rank(before)) worst.set(verdict.where, verdict);
      }
    }
    return [...worst.values()];
  }

  /** @param {string} method @param {string} template @param {Blueprint} blueprint @returns {Verdict[]} */
  #judgeOne(method, template, blueprint) {
    const operation = operationAt(this.#document, template, method);
    if (!operation) return [invalid('request', `the document has no ${method} ${template}`)];
    if (blueprint.method !== method) return [invalid('request', `is sent as ${blueprint.method}`)];
    const sent = readRequest(template, blueprint);
    if (typeof sent === 'string') return [invalid('request', sent)];
    const names = operation.parameters.map(({ name }) => String(name));
    const verdicts = operation.parameters.flatMap((parameter) => {
      const others = new Set(names.filter((name) => name !== parameter['name']));
      return this.#judgeParameter(parameter, sent, others);
    });
    if (operation.body) verdicts.push(...this.#judgeBody(operation.body, blueprint, sent));
    else if (blueprint.body !== null) verdicts.push(invalid('body', 'is sent, and none is described'));
    return verdicts;
  }

  /** @param {Node} parameter @param {Sent} sent @param {ReadonlySet<string>} others @returns {Verdict[]} */
  #judgeParameter(parameter, sent, others) {
    const place = String(parameter['in']);
    const where = `${place}.${String(parameter['name'])}`;
    if (place === 'header' && NOT_JUDGED.has(String(parameter['name']).toLowerCase())) return [];
    const candidates = readParameter(this.#document, parameter, sent, others);
    if (place === 'path' && !sent.path.has(String(parameter['name'])))
      return [contradiction(where, 'its path has no place for it')];
    if (candidates === undefined) {
      return parameter['required'] === true || place === 'path'
        ? [invalid(where, 'is required and not sent')]
        : [];
    }
    if (place === 'path' && candidates.includes('')) return [invalid(where, 'is empty')];
    if (candidates.length === 0) return [invalid(where, 'is not written in its style')];
    const { schema, style, isJson, describing } = termsOf(this.#document, parameter);
    const verdict = this.#verdict(where, schema, candidates, !isJson, describing);
    const isUndefined = verdict.state === 'invalid' && !isJson && style !== 'deepObject';
    if (isUndefined && candidates.some((value) => this.#isNested(schema, value)))
      return [unjudged(where, `OpenAPI does not define lists and objects inside of the style ${style}`)];
    return [verdict];
  }

  /** Whether a part that is sent is no scalar. @param {unknown} schema @param {unknown} value */
  #isNested(schema, value) {
    if (!isRecord(value)) return false;
    const properties = propertiesOf(this.#document, schema);
    return Object.keys(value).some(
      (name) => properties.has(name) && !shapesOf(this.#document, properties.get(name)).has('scalar'),
    );
  }

  /** @param {RawBody} body @param {Blueprint} blueprint @param {Sent} sent @returns {Verdict[]} */
  #judgeBody({ required, media }, blueprint, sent) {
    if (blueprint.body === null) return required ? [invalid('body', 'is required and not sent')] : [];
    const contentType = sent.headers.get('content-type');
    if (contentType === undefined) return [invalid('body', 'has no content type')];
    const described = mediaFor(media, contentType);
    if (!described) return [invalid('body', `is sent as ${contentType}, which is not described`)];
    const schema = described['schema'] ?? {};
    const describing = [described];
    const encoding = isRecord(described['encoding']) ? described['encoding'] : {};
    const type = bare(contentType);
    const bytes = Buffer.from(blueprint.body);
    if (FORMS.has(type) && !shapesOf(this.#document, schema).has('object'))
      return [contradiction('body', 'a form has fields, and its schema is of no object')];
    if (isEndless(this.#document, schema, []))
      return [contradiction('body', 'what its schema requires has no end')];
    if (/^application\/(?:.+\+)?json$/.test(type)) {
      const text = bytes.toString('utf8');
      return [
        isJson(text)
          ? this.#verdict('body', schema, [fromJson(text)], false, describing)
          : invalid('body', 'is not JSON'),
      ];
    }
    if (described['itemSchema'] !== undefined && /json/.test(type))
      return [this.#judgeLines(described['itemSchema'], bytes.toString('utf8'), type, describing)];
    if (type === 'application/x-www-form-urlencoded') {
      const pairs = pairsOf(bytes.toString('utf8'));
      const [file] = filesAmong(this.#document, schema, new Set(pairs.map(([name]) => name)));
      if (file !== undefined && media.has('multipart/form-data'))
        return [invalid('body', `the file ${file} is sent as text of a form`)];
      const form = readForm(this.#document, schema, encoding, pairs);
      return [this.#verdict('body', schema, [form], true, describing)];
    }
    if (type === 'multipart/form-data') {
      try {
        const parts = readParts(bytes, contentType);
        const reason = wrongFileName(this.#document, schema, encoding, parts);
        if (reason !== null) return [invalid('body', reason)];
        // Text of a part is not encoded, as that of a form is.
        const pairs = parts.map(({ name, text }) => /** @type {const} */ ([name, encodeURIComponent(text)]));
        const form = readForm(this.#document, schema, encoding, pairs);
        return [this.#verdict('body', schema, [form], true, describing)];
      } catch (error) {
        return [invalid('body', `is no multipart body: ${messageOf(error)}`)];
      }
    }
    if (type.startsWith('text/') && !type.includes('xml')) {
      return [this.#verdict('body', schema, [bytes.toString('utf8')], true, describing)];
    }
    return [unjudged('body', `${type} cannot be judged`)];
  }

  /** A sequence of JSON: one text a line, or after each record separator. @param {unknown} itemSchema @param {string} text @param {string} type @param {readonly Node[]} describing @returns {Verdict} */
  #judgeLines(itemSchema, text, type, describing) {
    const lines = (type.includes('json-seq') ? text.split('\u001e') : text.split('\n'))
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (lines.length === 0) return invalid('body', 'has no items');
    const verdicts = lines.map((line) =>
      isJson(line)
        ? this.#verdict('body', itemSchema, [fromJson(line)], false, describing)
        : invalid('body', `has a line that is not JSON: ${line.slice(0, 80)}`),
    );
    return verdicts.reduce((worst, one) => (rank(one) > rank(worst) ? one : worst));
  }

  /** @param {string} where @param {unknown} schema @param {readonly unknown[]} candidates @param {boolean} isText @param {readonly Node[]} describing where examples stand beside the schema @returns {Verdict} */
  #verdict(where, schema, candidates, isText, describing) {
    try {
      const check = this.#schemas.checkFor(schema, isText);
      const examples = describing.flatMap(examplesIn);
      const reasons = candidates.map(
        (value) => check(value) ?? wrongDigits(this.#document, schema, value, examples),
      );
      if (!reasons.includes(null)) return invalid(where, reasons[0] ?? 'is not valid');
      const wanted = describing.flatMap(dataValuesIn).filter((value) => check(value) === null);
      const isMissed = !candidates.some((value) => wanted.some((example) => isPartOf(value, example)));
      return this.#isFirst && wanted.length > 0 && isMissed
        ? invalid(where, 'is none of the examples, though some are valid')
        : { where, state: 'valid', reason: '' };
    } catch (error) {
      return unjudged(where, `its schema cannot be judged: ${messageOf(error)}`);
    }
  }
}

/** @param {Verdict} verdict */
function rank({ state }) {
  return ['valid', 'unjudged', 'invalid'].indexOf(state);
}

/** @param {string} where @param {string} reason @returns {Verdict} */
function invalid(where, reason) {
  return { where, state: 'invalid', reason };
}

/** @param {string} where @param {string} reason @returns {Verdict} */
function unjudged(where, reason) {
  return { where, state: 'unjudged', reason };
}

/** What no request can satisfy, whoever makes it. @param {string} where @param {string} reason */
function contradiction(where, reason) {
  return unjudged(where, `the document contradicts itself: ${reason}`);
}

/** Whether an object requires one of its own kind, and that one another. @param {Node} document @param {unknown} schema @param {readonly Node[]} around @returns {boolean} */
function isEndless(document, schema, around) {
  const node = follow(document, schema);
  if (!node || around.length > DEEPEST_REQUIRED) return false;
  if (around.includes(node)) return true;
  if (listOf(node['allOf']).some((part) => isEndless(document, part, [...around, node]))) return true;
  if (node['type'] !== 'object' || node['nullable'] === true || !isRecord(node['properties'])) return false;
  const { properties } = node;
  return listOf(node['required']).some((name) =>
    isEndless(document, properties[String(name)], [...around, node]),
  );
}

/** The closest that is described: the type itself, then ranges such as `image/*`. @param {Map<string, Node>} media @param {string} contentType @returns {Node | undefined} */
function mediaFor(media, contentType) {
  const entries = [...media].map(([type, value]) => ({ type: bare(type), value }));
  const wanted = bare(contentType);
  const [group = ''] = wanted.split('/');
  for (const type of [wanted, `${group}/*`, '*/*', '*']) {
    const entry = entries.find((one) => one.type === type);
    if (entry) return entry.value;
  }
  return undefined;
}

/** Without parameters such as the boundary. @param {string} type */
function bare(type) {
  return (type.split(/[;,]/)[0] ?? '').trim().toLowerCase();
}

/** Whether all that was sent is in an example, whose read-only fields are left out. @param {unknown} sent @param {unknown} example @returns {boolean} */
function isPartOf(sent, example) {
  if (Array.isArray(sent))
    return Array.isArray(example) && sent.every((item, index) => isPartOf(item, example[index]));
  if (!isRecord(sent)) return String(sent) === String(example);
  return isRecord(example) && Object.entries(sent).every(([name, inner]) => isPartOf(inner, example[name]));
}

/** @param {string} text */
function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
