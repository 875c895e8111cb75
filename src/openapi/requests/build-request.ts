import { UserError } from '../../kernel/errors.js';
import { seededRandom, seedFor } from '../../kernel/random.js';
import type { Credential, PreparedOperation, RequestBlueprint, ValueOrigin } from '../../model/request.js';
import type { ValueRule } from '../../model/value-rule.js';
import { exampleValue, givenValue, propertiesOf, type MadeValue } from '../values/example-value.js';
import type { Body, DescribedOperation, Parameter } from '../document/described-operation.js';
import { isObject, type OpenApiDocument } from '../document/load-document.js';
import { resolveRef } from '../document/resolve-ref.js';
import { valuesOf } from './value-rules.js';

export interface RequestOptions {
  readonly values: Readonly<Record<string, ValueRule>>;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly seed: number;
  /** Those that this operation needs and the user has configured. */
  readonly credentials?: readonly Credential[];
  /** By key: what the target itself gave, used in turn where there is no rule. */
  readonly captured?: Readonly<Record<string, readonly unknown[]>>;
}

/** All distinct requests of an operation, ready to be sent: as many as its longest list of values. */
export function prepareOperation(
  document: OpenApiDocument,
  operation: DescribedOperation,
  options: RequestOptions,
): PreparedOperation {
  const choices = new Choices(options);
  const parts = operation.parameters
    .filter(
      (parameter) => parameter.required || choices.has(keyOf(parameter)) || hasOwnValue(document, parameter),
    )
    .map((parameter) => ({
      parameter,
      pick: choices.pick(keyOf(parameter), () => parameterValue(document, parameter)),
    }));
  const body = operation.body ? bodyPicker(document, operation.body, choices) : undefined;
  const { id, method, path, tags } = operation;
  return {
    operation: { id, method, path, tags },
    origins: choices.origins,
    problems: [],
    blueprints: Array.from({ length: choices.variants }, (_, variant) => {
      const values = parts.map(({ parameter, pick }) => ({ parameter, value: pick(variant) }));
      return assemble(operation, values, body?.(variant), options.headers);
    }),
  };
}

type Pick = (variant: number) => unknown;

/** Chooses for each value between the user's rule and what the document gives. */
class Choices {
  variants = 1;
  readonly origins: Record<string, ValueOrigin> = {};

  constructor(private readonly options: RequestOptions) {}

  has(key: string): boolean {
    return Object.hasOwn(this.options.values, key) || this.capturedOf(key).length > 0;
  }

  private capturedOf(key: string): readonly unknown[] {
    const { captured = {} } = this.options;
    return Object.hasOwn(captured, key) ? (captured[key] ?? []) : [];
  }

  pick(key: string, otherwise: () => MadeValue): Pick {
    const rule = Object.hasOwn(this.options.values, key) ? this.options.values[key] : undefined;
    const list = rule === undefined ? this.capturedOf(key) : this.listFor(key, rule);
    if (list.length === 0) {
      const made = otherwise();
      this.origins[key] = made.origin;
      return () => made.value;
    }
    this.origins[key] = rule === undefined ? 'captured' : 'override';
    this.variants = Math.max(this.variants, list.length);
    return (variant) => list[variant % list.length];
  }

  private listFor(key: string, rule: ValueRule): readonly unknown[] {
    const list = valuesOf(rule, seededRandom(seedFor(this.options.seed, key)));
    if (!key.startsWith('path.') || !list.includes('')) return list;
    throw new UserError('usage', `values: ${key} is empty, and a path cannot have an empty part.`);
  }
}

function keyOf(parameter: Parameter): string {
  return `${parameter.place}.${parameter.name}`;
}

function parameterValue(document: OpenApiDocument, parameter: Parameter): MadeValue {
  const made: MadeValue =
    parameter.examples.length > 0
      ? { value: parameter.examples[0], origin: 'example' }
      : exampleValue(document, parameter.schema);
  // Nothing to go by, or an empty part of a path, which would name another endpoint.
  const isUseless = made.value === null || (parameter.place === 'path' && made.value === '');
  return isUseless ? { value: '1', origin: 'generated' } : made;
}

/** Optional parameters are sent only where the document itself gives a value for them. */
function hasOwnValue(document: OpenApiDocument, parameter: Parameter): boolean {
  const given: unknown =
    parameter.examples[0] ?? givenValue(resolveRef(document, parameter.schema) ?? {})?.value;
  return given !== undefined && given !== null && given !== '';
}

function bodyPicker(
  document: OpenApiDocument,
  { examples: [example], schema }: Body,
  choices: Choices,
): Pick {
  const whole = choices.pick('body', () =>
    example !== undefined ? { value: example, origin: 'example' } : exampleValue(document, schema),
  );
  const base = whole(0);
  if (!isObject(base)) return whole;
  const { properties } = propertiesOf(document, schema);
  const wanted = [...properties.keys()].filter((name) => choices.has(`body.${name}`));
  const fields = [...new Set([...Object.keys(base), ...wanted])].map((name) => ({
    name,
    pick: choices.pick(`body.${name}`, () => ({
      value: base[name],
      origin: originOf(document, properties.get(name), choices.origins['body']),
    })),
  }));
  return (variant) => Object.fromEntries(fields.map(({ name, pick }) => [name, pick(variant)]));
}

function originOf(
  document: OpenApiDocument,
  property: unknown,
  whole: ValueOrigin = 'generated',
): ValueOrigin {
  if (whole !== 'generated') return whole;
  return givenValue(resolveRef(document, property) ?? {})?.origin ?? whole;
}

interface NamedValue {
  readonly parameter: Parameter;
  readonly value: unknown;
}

function assemble(
  operation: DescribedOperation,
  values: readonly NamedValue[],
  body: unknown,
  extraHeaders: Readonly<Record<string, string>>,
): RequestBlueprint {
  const at = (place: Parameter['place']): readonly NamedValue[] =>
    values.filter(({ parameter }) => parameter.place === place);
  const path = at('path').reduce(
    (template, { parameter, value }) => template.replaceAll(`{${parameter.name}}`, encode(asText(value))),
    operation.path,
  );
  const query = at('query').flatMap(({ parameter, value }) =>
    (Array.isArray(value) ? value : [value]).map((one) => `${encode(parameter.name)}=${encode(asText(one))}`),
  );
  const cookies = at('cookie').map(({ parameter, value }) => `${parameter.name}=${encode(asText(value))}`);
  const headers = joinHeaders([
    ...Object.entries(extraHeaders),
    ...at('header')
      .filter(({ parameter }) => !NOT_FROM_PARAMETERS.has(parameter.name.toLowerCase()))
      .map(({ parameter, value }): Header => [parameter.name, asText(value)]),
    ...(cookies.length > 0 ? [['cookie', cookies.join('; ')] as const] : []),
    ...(body === undefined ? [] : [['content-type', operation.body?.contentType ?? ''] as const]),
  ]);
  return {
    method: operation.method,
    path: asciiPath(query.length > 0 ? `${path}${path.includes('?') ? '&' : '?'}${query.join('&')}` : path),
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  };
}

type Header = readonly [name: string, value: string];

/** The connection sets these itself. */
const NOT_FROM_PARAMETERS = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

/** Name, value, name, value …: the first of each name, and none that would break the request. */
function joinHeaders(headers: readonly Header[]): string[] {
  const byName = new Map<string, Header>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (byName.has(key) || !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(key)) continue;
    byName.set(key, [name, value.replace(/[^\t\x20-\x7e\x80-\xff]+/g, ' ').trim()]);
  }
  return [...byName.values()].flat();
}

/** Percent-encoded; halves of characters, which have no encoding, are replaced. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** A template may hold spaces and letters that do not go on the wire, and `#`, which ends a path. */
function asciiPath(path: string): string {
  return path.replace(/[^\x21\x22\x24-\x7e]+/gu, encode);
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? value.map(asText).join(',') : JSON.stringify(value);
}
