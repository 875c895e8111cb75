import { OWN_VERSION } from '../../src/kernel/own-version.js';
import { buildRequests, type RequestOptions } from '../../src/openapi/requests/build-request.js';
import { describeApi } from '../../src/openapi/document/describe-api.js';
import type { OpenApiDocument } from '../../src/openapi/document/open-api-document.js';
import type { BuiltOperation, RequestBlueprint } from '../../src/model/requests/request.js';

/** A document with one operation, `GET /things`, unless said otherwise. */
export function documentOf(
  operation: object,
  {
    method = 'get',
    path = '/things',
    ...rest
  }: { method?: string; path?: string; [key: string]: unknown } = {},
): OpenApiDocument {
  return { openapi: '3.1.0', paths: { [path]: { [method]: operation } }, ...rest };
}

export function built(document: OpenApiDocument, options: Partial<RequestOptions> = {}): BuiltOperation {
  const [operation] = describeApi(document).operations;
  return buildRequests(document, operation!, { values: {}, headers: {}, seed: 1, ...options });
}

/** The first request of the first operation. */
export function firstRequest(document: OpenApiDocument, options?: Partial<RequestOptions>): RequestBlueprint {
  return built(document, options).blueprints[0]!;
}

/** What every request says, where the operation declares no media types. */
export const DEFAULT_HEADERS = ['user-agent', `openapi-bench/${OWN_VERSION}`, 'accept', '*/*'];

/** Without those. */
export function headersOf({ headers }: RequestBlueprint): Record<string, string> {
  const pairs = headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1]!] as const] : []));
  return Object.fromEntries(pairs.filter(([name, value]) => !isDefault(name, value)));
}

function isDefault(name: string, value: string): boolean {
  return DEFAULT_HEADERS.some((one, at) => one === name && DEFAULT_HEADERS[at + 1] === value);
}

/** A request body for a schema. */
export function jsonBody(schema: unknown, rest: object = {}): object {
  return { requestBody: { required: true, content: { 'application/json': { schema, ...rest } } } };
}
