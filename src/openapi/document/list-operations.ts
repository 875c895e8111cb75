import type { Body, DescribedOperation, Parameter, Place } from './described-operation.js';
import { isObject, type OpenApiDocument } from './load-document.js';
import { readSecurity } from './read-security.js';
import { resolveRef } from './resolve-ref.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'] as const;

/** Every operation of a document, in its order. */
export function listOperations(document: OpenApiDocument): DescribedOperation[] {
  const base = basePath(document);
  const paths = isObject(document['paths']) ? document['paths'] : {};
  const operations: DescribedOperation[] = [];
  for (const [template, entry] of Object.entries(paths)) {
    const item = resolveRef(document, entry);
    if (!item || !template.startsWith('/')) continue;
    for (const method of METHODS) {
      const raw = resolveRef(document, item[method]);
      if (raw) operations.push(describe(document, { base, template, method, item, raw }));
    }
  }
  return operations;
}

interface RawOperation {
  base: string;
  template: string;
  method: string;
  item: Record<string, unknown>;
  raw: Record<string, unknown>;
}

function describe(
  document: OpenApiDocument,
  { base, template, method, item, raw }: RawOperation,
): DescribedOperation {
  const operationId = raw['operationId'];
  const tags = raw['tags'];
  const listed = [...asArray(item['parameters']), ...asArray(raw['parameters'])];
  const parameters = new Map<string, Parameter>();
  for (const entry of listed) {
    const parameter = readParameter(document, resolveRef(document, entry));
    // The operation's own parameters come later and replace those of the path.
    if (parameter) parameters.set(`${parameter.place}.${parameter.name}`, parameter);
  }
  for (const name of undeclared(base + template, parameters)) {
    parameters.set(`path.${name}`, {
      name,
      place: 'path',
      required: true,
      schema: {},
      examples: [],
      contentType: null,
      ...SIMPLE,
    });
  }
  return {
    id: typeof operationId === 'string' && operationId !== '' ? operationId : nameFor(method, template),
    method: method.toUpperCase(),
    path: base + template,
    template,
    tags: asArray(tags).filter((tag) => typeof tag === 'string'),
    parameters: [...parameters.values()],
    body: readJsonBody(document, raw) ?? readSwaggerBody(document, listed),
    security: readSecurity(document, raw),
  };
}

/** Placeholders of the template that no parameter describes. */
function undeclared(template: string, parameters: ReadonlyMap<string, Parameter>): string[] {
  const names = [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name ?? '');
  return names.filter((name) => !parameters.has(`path.${name}`));
}

function nameFor(method: string, template: string): string {
  return `${method}_${template.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '')}`;
}

function readParameter(
  document: OpenApiDocument,
  raw: Record<string, unknown> | undefined,
): Parameter | undefined {
  if (!raw) return undefined;
  const { name, in: place, schema, content, required } = raw;
  if (typeof name !== 'string' || !isPlace(place)) return undefined;
  return {
    name,
    place,
    required: required === true || place === 'path',
    // Swagger 2.0 writes type, format and the rest beside the name.
    schema: schema ?? (isObject(content) ? firstSchema(content) : raw),
    examples: listExamples(document, raw),
    contentType: null,
    ...(place === 'query' ? { ...SIMPLE, style: 'form', explode: true } : SIMPLE),
  };
}

const SIMPLE = { style: 'simple', explode: false, allowReserved: false } as const;

function isPlace(value: unknown): value is Place {
  return value === 'path' || value === 'query' || value === 'header' || value === 'cookie';
}

function readJsonBody(document: OpenApiDocument, raw: Record<string, unknown>): Body | null {
  const body = resolveRef(document, raw['requestBody']);
  const content = body?.['content'];
  if (!isObject(content)) return null;
  const entry = Object.entries(content).find(([type]) => /^application\/(.+\+)?json\b/i.test(type));
  const media = resolveRef(document, entry?.[1]);
  if (!entry || !media) return null;
  return {
    contentType: entry[0],
    required: body?.['required'] === true,
    schema: media['schema'],
    examples: listExamples(document, media),
    encoding: {},
  };
}

/** Swagger 2.0 keeps the body among the parameters. */
function readSwaggerBody(document: OpenApiDocument, listed: readonly unknown[]): Body | null {
  const body = listed.map((entry) => resolveRef(document, entry)).find((raw) => raw?.['in'] === 'body');
  if (!body) return null;
  const { schema, required } = body;
  return { contentType: 'application/json', required: required === true, schema, examples: [], encoding: {} };
}

function firstSchema(content: Record<string, unknown>): unknown {
  const media = Object.values(content)[0];
  return isObject(media) ? media['schema'] : undefined;
}

/** `example`, or the values of `examples`: a map of objects with `value`. */
function listExamples(document: OpenApiDocument, { example, examples }: Record<string, unknown>): unknown[] {
  if (example !== undefined) return [example];
  const entries = isObject(examples) ? Object.values(examples) : [];
  return entries
    .map((entry) => resolveRef(document, entry)?.['value'])
    .filter((value) => value !== undefined);
}

/** The path of the first server, or Swagger 2.0's basePath. Its host never decides where load goes. */
function basePath(document: OpenApiDocument): string {
  const server: unknown = asArray(document['servers'])[0];
  const url = isObject(server) ? server['url'] : document['basePath'];
  if (typeof url !== 'string') return '';
  const variables = isObject(server) ? server['variables'] : undefined;
  try {
    return new URL(withDefaults(url, variables), 'http://target').pathname.replace(/\/+$/, '');
  } catch {
    return '';
  }
}

function withDefaults(url: string, variables: unknown): string {
  return url.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const variable = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    const preset = isObject(variable) ? variable['default'] : undefined;
    return typeof preset === 'string' ? preset : name;
  });
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
