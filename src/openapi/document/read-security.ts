import type { DescribedOperation, SecurityScheme } from './described-operation.js';
import { isObject, type OpenApiDocument } from './load-document.js';
import { resolveRef } from './resolve-ref.js';

type Raw = Readonly<Record<string, unknown>>;

/** The security schemes of a document, by name. */
export function readSecuritySchemes(document: OpenApiDocument): Record<string, SecurityScheme> {
  const { components } = document;
  // Swagger 2.0 keeps them at the top.
  const listed = isObject(components) ? components['securitySchemes'] : document['securityDefinitions'];
  if (!isObject(listed)) return {};
  return Object.fromEntries(
    Object.entries(listed).flatMap(([name, entry]) => {
      const raw = resolveRef(document, entry);
      return raw ? [[name, readScheme(raw)] as const] : [];
    }),
  );
}

/** The alternatives of an operation, or those of the whole document where it does not say. */
export function readSecurity(document: OpenApiDocument, operation: Raw): DescribedOperation['security'] {
  const listed = operation['security'] ?? document['security'];
  return Array.isArray(listed) ? listed.filter(isObject).map((alternative) => Object.keys(alternative)) : [];
}

function readScheme(raw: Raw): SecurityScheme {
  const { type, name, in: place, scheme } = raw;
  if (type === 'apiKey' && typeof name === 'string' && isPlace(place))
    return { kind: 'api-key', place, name };
  if (type === 'basic') return { kind: 'basic' };
  if (type === 'http') return readHttpScheme(String(scheme).toLowerCase());
  if (type === 'oauth2') return readOAuth(raw);
  return { kind: 'other', name: typeof type === 'string' ? type : 'an unknown kind of security' };
}

function isPlace(value: unknown): value is 'query' | 'header' | 'cookie' {
  return value === 'query' || value === 'header' || value === 'cookie';
}

function readHttpScheme(scheme: string): SecurityScheme {
  if (scheme === 'basic' || scheme === 'bearer') return { kind: scheme };
  return { kind: 'other', name: scheme };
}

const FLOWS = {
  password: 'password',
  clientCredentials: 'client-credentials',
  application: 'client-credentials',
} as const;

function readOAuth(raw: Raw): SecurityScheme {
  // Swagger 2.0 has one flow, beside the rest.
  const flows = isObject(raw['flows']) ? raw['flows'] : { [String(raw['flow'])]: raw };
  const entries = Object.entries(flows);
  const flowOf = (name: string): 'password' | 'client-credentials' | 'other' =>
    Object.hasOwn(FLOWS, name) ? FLOWS[name as keyof typeof FLOWS] : 'other';
  const ours = entries.filter(([name]) => flowOf(name) !== 'other');
  const tokenUrl = ours
    .map(([, flow]) => (isObject(flow) ? flow['tokenUrl'] : undefined))
    .find((url) => typeof url === 'string');
  return {
    kind: 'oauth2',
    tokenUrl: typeof tokenUrl === 'string' ? tokenUrl : null,
    flows: entries.map(([name]) => flowOf(name)),
  };
}
