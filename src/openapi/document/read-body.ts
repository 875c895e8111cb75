import { chooseMediaType, concreteMediaType } from './choose-media-type.js';
import type { Body, PartEncoding } from './described-operation.js';
import { isObject } from '../../kernel/is-object.js';
import { asArray, type OpenApiDocument } from './open-api-document.js';
import { readExamples } from './read-examples.js';
import { readCollectionFormat, readFormStyle } from './read-style.js';
import { resolveRef, whyUnresolved } from './resolve-ref.js';
import { schemaAt, type Schema } from './schema-at.js';

type Raw = Readonly<Record<string, unknown>>;

/** A body, that there is none, or why it cannot be read. */
export type ReadBody =
  | { readonly kind: 'body'; readonly body: Body | null }
  | { readonly kind: 'broken'; readonly why: string; readonly isRequired: boolean };

const NONE: ReadBody = { kind: 'body', body: null };

/** `entries` are the operation's parameters, resolved: Swagger 2.0 keeps the body among them. */
export function readBody(document: OpenApiDocument, operation: Raw, entries: readonly Raw[]): ReadBody {
  if (operation['requestBody'] !== undefined) return readRequestBody(document, operation['requestBody']);
  const asked = asArray(operation['consumes'] ?? document['consumes']).filter(isText);
  const said = entries.find(isContentType);
  const ofParameter = said === undefined ? [] : givenTexts(said);
  const consumes = ofParameter.length > 0 ? ofParameter : asked;
  const whole = entries.find((entry) => entry['in'] === 'body');
  if (whole) return checked(document, swaggerBody(document, whole, consumes));
  const fields = entries.filter((entry) => entry['in'] === 'formData' && isText(entry['name']));
  return fields.length === 0 ? NONE : { kind: 'body', body: swaggerForm(fields, consumes) };
}

/** Swagger 2.0 lets a parameter say the media type of the body. */
export function isContentType({ in: place, name }: Raw): boolean {
  return place === 'header' && /^content-type$/i.test(String(name));
}

/** What the document itself gives for a parameter of Swagger 2.0. */
export function givenTexts(raw: Raw): string[] {
  const { default: preset, example, 'x-example': otherExample, enum: choices } = raw;
  const given = [preset, example, otherExample].filter(isText);
  return given.length > 0 ? given.slice(0, 1) : asArray(choices).filter(isText);
}

function readRequestBody(document: OpenApiDocument, entry: unknown): ReadBody {
  const raw = resolveRef(document, entry);
  if (!raw) return { kind: 'broken', why: `the body ${whyUnresolved(document, entry)}`, isRequired: true };
  const isRequired = raw['required'] === true;
  const content = isObject(raw['content']) ? raw['content'] : {};
  const type = chooseMediaType(Object.keys(content));
  if (type === undefined) {
    return isRequired ? { kind: 'broken', why: 'the body has no media type', isRequired } : NONE;
  }
  const media = resolveRef(document, content[type]);
  if (!media)
    return {
      kind: 'broken',
      why: `the body's ${type} ${whyUnresolved(document, content[type])}`,
      isRequired,
    };
  return checked(document, {
    contentType: concreteMediaType(type, schemaOf(document, media)),
    required: isRequired,
    schema: media['schema'] ?? sequenceOf(media['itemSchema']),
    examples: readExamples(document, media),
    encoding: readEncoding(document, media['encoding']),
  });
}

const sequences = new WeakMap<object, Raw>();

/** 3.2 describes what comes one after the other, as lines do, by the schema of each. */
function sequenceOf(items: unknown): Raw | undefined {
  if (!isObject(items)) return undefined;
  const list = sequences.get(items) ?? { type: 'array', items };
  sequences.set(items, list);
  return list;
}

/** Undefined where nothing is said. */
function schemaOf(document: OpenApiDocument, { schema }: Raw): Schema | undefined {
  return schema === undefined ? undefined : schemaAt(document, schema);
}

function checked(document: OpenApiDocument, body: Body): ReadBody {
  if (schemaAt(document, body.schema)) return { kind: 'body', body };
  const why = `the schema of the body ${whyUnresolved(document, body.schema)}`;
  return { kind: 'broken', why, isRequired: body.required };
}

function readEncoding(document: OpenApiDocument, raw: unknown): Record<string, PartEncoding> {
  const entries = Object.entries(isObject(raw) ? raw : {}).flatMap(
    ([name, entry]): [string, PartEncoding][] => {
      const encoding = resolveRef(document, entry);
      if (!encoding) return [];
      const { contentType } = encoding;
      return [
        [
          name,
          { contentType: isText(contentType) ? contentType : null, serialization: readFormStyle(encoding) },
        ],
      ];
    },
  );
  return Object.fromEntries(entries);
}

function swaggerBody(document: OpenApiDocument, raw: Raw, consumes: readonly string[]): Body {
  const type = chooseMediaType(consumes) ?? 'application/json';
  return {
    contentType: concreteMediaType(type, schemaOf(document, raw)),
    required: raw['required'] === true,
    schema: raw['schema'],
    examples: readExamples(document, raw),
    encoding: {},
  };
}

/** Swagger 2.0 describes each field of a form as a parameter. */
function swaggerForm(fields: readonly Raw[], consumes: readonly string[]): Body {
  const forms = consumes.filter((type) => /^(multipart\/|application\/x-www-form-urlencoded)/i.test(type));
  const hasFile = fields.some((field) => field['type'] === 'file');
  const asked = hasFile ? forms.filter((type) => /^multipart\//i.test(type)) : forms;
  const usual = hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  const required = fields.filter((field) => field['required'] === true).map(nameOf);
  return {
    contentType: chooseMediaType(asked) ?? usual,
    required: required.length > 0,
    schema: {
      type: 'object',
      properties: Object.fromEntries(fields.map((field) => [nameOf(field), fieldSchema(field)])),
      required,
    },
    examples: [],
    encoding: Object.fromEntries(
      fields.map((field) => [
        nameOf(field),
        { contentType: null, serialization: readCollectionFormat(field, 'query') },
      ]),
    ),
  };
}

function nameOf(field: Raw): string {
  return String(field['name']);
}

const NOT_OF_THE_VALUE = new Set(['name', 'in', 'required', 'collectionFormat', 'x-example']);

/** What says how the field is sent is no part of its value's schema. */
function fieldSchema(field: Raw): Raw {
  const example = field['example'] ?? field['x-example'];
  const words = Object.entries(field).filter(([word]) => !NOT_OF_THE_VALUE.has(word));
  return Object.fromEntries(example === undefined ? words : [...words, ['example', example]]);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
