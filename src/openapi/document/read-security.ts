import { isObject } from '../../kernel/is-object.js';
import { asArray, type OpenApiDocument } from './open-api-document.js';
import type { SecurityScheme } from './described-operation.js';
import { resolveRef } from './resolve-ref.js';

/** The alternatives of an operation, each with the names of the schemes that it needs together. */
export function readSecurity(document: OpenApiDocument, raw: Readonly<Record<string, unknown>>): string[][] {
  const listed = raw['security'] ?? document['security'];
  return asArray(listed)
    .filter(isObject)
    .map((alternative) => Object.keys(alternative));
}

/** All schemes that the document describes, by name. */
export function readSecuritySchemes(document: OpenApiDocument): Record<string, SecurityScheme> {
  const { components, securityDefinitions } = document;
  const schemes = isObject(components) ? components['securitySchemes'] : undefined;
  const listed = Object.entries(isObject(schemes) ? schemes : {});
  const ofSwagger = Object.entries(isObject(securityDefinitions) ? securityDefinitions : {});
  return Object.fromEntries(
    [...ofSwagger, ...listed].flatMap(([name, entry]) => {
      const raw = resolveRef(document, entry);
      return raw ? [[name, schemeOf(raw)]] : [];
    }),
  );
}

function schemeOf(raw: Record<string, unknown>): SecurityScheme {
  const type = textOf(raw['type']);
  const scheme = type === 'http' ? textOf(raw['scheme']).toLowerCase() : type;
  switch (scheme) {
    case 'apiKey':
      return apiKey(raw);
    case 'basic':
    case 'bearer':
      return { kind: scheme };
    case 'oauth2':
      return oauth2(raw);
    default:
      return { kind: 'other', name: scheme === '' ? 'unknown' : scheme };
  }
}

function apiKey({ in: place, name }: Record<string, unknown>): SecurityScheme {
  const isKnown = place === 'query' || place === 'header' || place === 'cookie';
  return isKnown && typeof name === 'string'
    ? { kind: 'api-key', place, name }
    : { kind: 'other', name: 'apiKey' };
}

const FLOWS = {
  password: 'password',
  clientCredentials: 'client-credentials',
  application: 'client-credentials',
} as const;

/** bench can do the first two; their address is the one that counts. */
const FLOW_ORDER = ['password', 'clientCredentials', 'application'];

function oauth2(raw: Record<string, unknown>): SecurityScheme {
  // Swagger 2.0 has one flow, and writes it beside the type.
  const flows: [string, unknown][] = isObject(raw['flows'])
    ? Object.entries(raw['flows']).filter(([name]) => !name.startsWith('x-'))
    : [[textOf(raw['flow']), raw]];
  const rank = (name: string): number =>
    (FLOW_ORDER.indexOf(name) + FLOW_ORDER.length + 1) % (FLOW_ORDER.length + 1);
  const ordered = flows.toSorted(([one], [other]) => rank(one) - rank(other));
  const urls = ordered.map(([, flow]) => (isObject(flow) ? flow['tokenUrl'] : undefined));
  return {
    kind: 'oauth2',
    tokenUrl: urls.find((url) => typeof url === 'string') ?? null,
    flows: [
      ...new Set(
        flows.map(([name]) => (Object.hasOwn(FLOWS, name) ? FLOWS[name as keyof typeof FLOWS] : 'other')),
      ),
    ],
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
