import { seededRandom } from '../kernel/random.js';
import type { PreparedOperation, RequestBlueprint, ValueOrigin } from '../model/request.js';
import type { ValueRule } from '../model/scenario.js';
import { exampleValue, type MadeValue } from './example-value.js';
import type { DescribedOperation, Parameter } from './list-operations.js';
import { isObject, type OpenApiDocument } from './load-document.js';
import { valuesOf } from './value-rules.js';

export interface RequestOptions {
  readonly values: Readonly<Record<string, ValueRule>>;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly seed: number;
}

/** All distinct requests of an operation, ready to be sent: as many as its longest list of values. */
export function prepareOperation(
  document: OpenApiDocument,
  operation: DescribedOperation,
  options: RequestOptions,
): PreparedOperation {
  const choices = new Choices(options);
  const parts = [
    ...operation.parameters
      .filter(
        (parameter) =>
          parameter.required || choices.has(keyOf(parameter)) || hasOwnValue(document, parameter),
      )
      .map((parameter) => ({
        parameter,
        pick: choices.pick(keyOf(parameter), () => parameterValue(document, parameter)),
      })),
  ];
  const body = operation.body ? bodyPicker(document, operation, choices) : undefined;
  const count = choices.variants;
  const { id, method, path, tags } = operation;
  return {
    operation: { id, method, path, tags },
    origins: choices.origins,
    blueprints: Array.from({ length: count }, (_, variant) => {
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
    return Object.hasOwn(this.options.values, key);
  }

  pick(key: string, otherwise: () => MadeValue): Pick {
    const rule = this.has(key) ? this.options.values[key] : undefined;
    if (rule === undefined) {
      const made = otherwise();
      this.origins[key] = made.origin;
      return () => made.value;
    }
    this.origins[key] = 'override';
    const list = valuesOf(rule, seededRandom(this.options.seed));
    this.variants = Math.max(this.variants, list.length);
    return (variant) => list[variant % list.length];
  }
}

function keyOf(parameter: Parameter): string {
  return `${parameter.place}.${parameter.name}`;
}

function parameterValue(document: OpenApiDocument, parameter: Parameter): MadeValue {
  if (parameter.example !== undefined) return { value: parameter.example, origin: 'example' };
  return exampleValue(document, parameter.schema);
}

/** Optional parameters are sent only where the document itself gives a value for them. */
function hasOwnValue(document: OpenApiDocument, parameter: Parameter): boolean {
  const { origin, value } = parameterValue(document, parameter);
  return (origin === 'example' || origin === 'default') && value !== null && value !== '';
}

function bodyPicker(document: OpenApiDocument, operation: DescribedOperation, choices: Choices): Pick {
  const { body } = operation;
  const whole = choices.pick('body', () =>
    body?.example !== undefined
      ? { value: body.example, origin: 'example' }
      : exampleValue(document, body?.schema),
  );
  const base = whole(0);
  if (!isObject(base)) return whole;
  const fields = Object.keys(base).map((name) => ({
    name,
    pick: choices.pick(`body.${name}`, () => ({
      value: base[name],
      origin: choices.origins['body'] ?? 'generated',
    })),
  }));
  return (variant) => Object.fromEntries(fields.map(({ name, pick }) => [name, pick(variant)]));
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
    (template, { parameter, value }) =>
      template.replaceAll(`{${parameter.name}}`, encodeURIComponent(asText(value))),
    operation.path,
  );
  const query = at('query').flatMap(({ parameter, value }) =>
    (Array.isArray(value) ? value : [value]).map(
      (one) => `${encodeURIComponent(parameter.name)}=${encodeURIComponent(asText(one))}`,
    ),
  );
  const cookies = at('cookie').map(
    ({ parameter, value }) => `${parameter.name}=${encodeURIComponent(asText(value))}`,
  );
  const headers = [
    ...Object.entries(extraHeaders),
    ...at('header').map(({ parameter, value }): [string, string] => [parameter.name, asText(value)]),
    ...(cookies.length > 0 ? [['cookie', cookies.join('; ')] as [string, string]] : []),
    ...(body === undefined
      ? []
      : [['content-type', operation.body?.contentType ?? 'application/json'] as [string, string]]),
  ];
  return {
    method: operation.method,
    path: query.length > 0 ? `${path}?${query.join('&')}` : path,
    headers: headers.flat(),
    body: body === undefined ? null : JSON.stringify(body),
  };
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value);
}
