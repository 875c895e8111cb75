import type { Parameter, Place } from './described-operation.js';
import { isObject } from '../../kernel/is-object.js';
import { asArray, type OpenApiDocument } from './open-api-document.js';
import { chooseMediaType } from './choose-media-type.js';
import { placeholdersOf } from './placeholders.js';
import { givenTexts, isContentType } from './read-body.js';
import { isUsuallyLeftOut, readExamples } from './read-examples.js';
import { readStyle } from './read-style.js';
import { resolveRef, whyUnresolved } from './resolve-ref.js';
import { schemaAt } from './schema-at.js';

type Raw = Readonly<Record<string, unknown>>;

const MOST_PARAMETERS = 1000;

export interface ReadParameters {
  readonly parameters: readonly Parameter[];
  /** All that were listed, resolved, also those that are parts of a body. */
  readonly entries: readonly Raw[];
  /** Why the operation cannot run. */
  readonly broken: readonly string[];
  /** What was left out or made up. */
  readonly repaired: readonly string[];
}

/** The parameters of a path and of an operation on it: those of the operation replace the others. */
export function readParameters(
  document: OpenApiDocument,
  path: string,
  [item, operation]: readonly [Raw, Raw],
): ReadParameters {
  const broken: string[] = [];
  const repaired: string[] = [];
  const entries = new Map<string, Raw>();
  const listed = [...asArray(item['parameters']), ...asArray(operation['parameters'])];
  if (listed.length > MOST_PARAMETERS)
    repaired.push(`only the first ${MOST_PARAMETERS} of its parameters are read`);
  for (const entry of listed.slice(0, MOST_PARAMETERS)) {
    const raw = resolveRef(document, entry);
    const why = raw ? whyUnreadable(raw) : whyUnresolved(document, entry);
    if (!raw || why !== undefined) repaired.push(`a parameter is left out: it ${why ?? ''}`);
    else entries.set(`${String(raw['in'])}.${String(raw['name'])}`, raw);
  }
  const parameters: Parameter[] = [];
  for (const raw of entries.values()) {
    if (raw['in'] === 'querystring') {
      const whole = wholeQuery(document, raw);
      if (typeof whole !== 'string') parameters.push(whole);
      else (raw['required'] === true ? broken : repaired).push(whole);
      continue;
    }
    if (!isSentAsParameter(document, raw, entries)) continue;
    const parameter = readParameter(document, raw);
    if (schemaAt(document, parameter.schema)) {
      parameters.push(parameter);
      continue;
    }
    const what = `the ${parameter.place} parameter ${parameter.name}`;
    const why = whyUnresolved(document, parameter.schema);
    if (parameter.required) broken.push(`the schema of ${what} ${why}`);
    else repaired.push(`${what} is left out: its schema ${why}`);
  }
  return { ...matchPlaceholders(path, parameters, repaired), entries: [...entries.values()], broken };
}

/** Every placeholder has one parameter, and every parameter of the path a placeholder. */
function matchPlaceholders(
  path: string,
  parameters: readonly Parameter[],
  repaired: readonly string[],
): Pick<ReadParameters, 'parameters' | 'repaired'> {
  const described = new Set(parameters.filter(({ place }) => place === 'path').map(({ name }) => name));
  const placeholders = placeholdersOf(path, described).map(({ name }) => name);
  const notes = [...repaired];
  const named = new Set(placeholders);
  const kept = parameters.filter(({ place, name }) => place !== 'path' || named.has(name));
  for (const name of described)
    if (!named.has(name)) notes.push(`its path has no place for the parameter ${name}`);
  for (const name of named) if (!described.has(name)) notes.push(`{${name}} in its path is not described`);
  if (named.size < placeholders.length)
    notes.push('a placeholder stands in its path twice, and gets one value');
  const undescribed = [...named].filter((name) => !described.has(name)).map(undescribedParameter);
  return { parameters: [...kept, ...undescribed], repaired: notes };
}

function undescribedParameter(name: string): Parameter {
  return {
    name,
    place: 'path',
    required: true,
    schema: {},
    examples: [],
    contentType: null,
    ...readStyle({}, 'path'),
  };
}

const PLACES: readonly unknown[] = ['path', 'query', 'header', 'cookie'] satisfies Place[];

function whyUnreadable({ name, in: place }: Raw): string | undefined {
  if (place === 'body') return undefined;
  if ((typeof name !== 'string' && typeof name !== 'number') || name === '') return 'has no name';
  if (PLACES.includes(place) || place === 'formData' || place === 'querystring') return undefined;
  return `(${String(name).slice(0, 100)}) says no place that is known`;
}

const OTHERWISE_SAID = /^(accept|content-type|authorization)$/i;

/**
 * OpenAPI 3 has other words for three headers, and wants parameters of their names ignored. Swagger 2.0 does not;
 * there the media type is the body's, which knows its boundary, and one that nobody names is left to bench.
 */
function isSentAsParameter(document: OpenApiDocument, raw: Raw, all: ReadonlyMap<string, Raw>): boolean {
  const { name, in: place } = raw;
  if (!PLACES.includes(place)) return false;
  if (place !== 'header' || !OTHERWISE_SAID.test(String(name))) return true;
  if (document['swagger'] === undefined) return false;
  if (/^authorization$/i.test(String(name))) return true;
  const hasBody = [...all.values()].some((one) => one['in'] === 'body' || one['in'] === 'formData');
  return givenTexts(raw).length > 0 && !(isContentType(raw) && hasBody);
}

const FORM = 'application/x-www-form-urlencoded';

/** The whole query as one value, which 3.2 knows: as the fields of a form, or why it cannot be read. */
function wholeQuery(document: OpenApiDocument, raw: Raw): Parameter | string {
  const content = isObject(raw['content']) ? raw['content'] : {};
  const media = Object.hasOwn(content, FORM) ? resolveRef(document, content[FORM]) : undefined;
  const name = String(raw['name']);
  if (!media || !schemaAt(document, media['schema'])) {
    const types = Object.keys(content).join(', ').slice(0, 100) || 'no media type';
    return `the query ${name} is described as ${types}, and only ${FORM} can be written`;
  }
  return {
    name,
    place: 'query',
    required: raw['required'] === true,
    schema: media['schema'],
    examples: [...readExamples(document, raw), ...readExamples(document, media)],
    contentType: null,
    style: 'form',
    explode: true,
    allowReserved: false,
  };
}

const known = new WeakMap<object, Parameter>();

/** Many operations refer to one parameter: it is read once. */
function readParameter(document: OpenApiDocument, raw: Raw): Parameter {
  const before = known.get(raw);
  if (before) return before;
  const place = raw['in'] as Place;
  const content = isObject(raw['content']) ? raw['content'] : {};
  const contentType = raw['schema'] === undefined ? (chooseMediaType(Object.keys(content)) ?? null) : null;
  const media = contentType === null ? undefined : (resolveRef(document, content[contentType]) ?? {});
  const required = raw['required'] === true || place === 'path';
  const sources = media ? [raw, media] : [raw];
  const isLeftOut = !required && sources.some((one) => isUsuallyLeftOut(document, one));
  const parameter: Parameter = {
    name: String(raw['name']),
    place,
    required,
    // Swagger 2.0 writes type, format and the rest beside the name.
    schema: raw['schema'] ?? (media ? media['schema'] : raw),
    examples: isLeftOut ? [] : sources.flatMap((one) => readExamples(document, one)),
    contentType,
    ...readStyle(raw, place),
  };
  known.set(raw, parameter);
  return parameter;
}
