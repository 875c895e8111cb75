import { nearest } from '../../kernel/text.js';
import type { LoginEntry } from '../../model/config/auth.js';
import type { DescribedOperation } from '../document/described-operation.js';
import { matches } from '../selection/select-operations.js';

export interface LoginRequest {
  readonly method: string;
  readonly path: string;
  readonly contentType: string | null;
  readonly body: string | null;
  /** Undefined when the document does not describe it. */
  readonly operation: DescribedOperation | undefined;
}

/** The request that signs in; a sentence when there can be none. */
export function loginRequest(
  entry: LoginEntry,
  operations: readonly DescribedOperation[],
): LoginRequest | string {
  const operation = operations.find((one) => matches(one, entry.login));
  const [, method, path] = /^([A-Za-z]+)\s+(\/\S*)$/.exec(entry.login.trim()) ?? [];
  if (!operation && (method === undefined || path === undefined))
    return unknownLogin(entry.login, operations);
  const template = operation?.path ?? path ?? '';
  if (template.includes('{')) return `the path ${template} has a placeholder, and a login cannot fill it`;
  const isEmpty = Object.keys(entry.body).length === 0;
  const isForm = entry.encoding === undefined ? isFormOf(operation) : entry.encoding === 'form';
  return {
    method: operation?.method ?? (method ?? '').toUpperCase(),
    path: template,
    contentType: isEmpty ? null : isForm ? 'application/x-www-form-urlencoded' : 'application/json',
    body: isEmpty ? null : isForm ? formOf(entry.body) : JSON.stringify(entry.body),
    operation,
  };
}

function isFormOf(operation: DescribedOperation | undefined): boolean {
  return operation?.body?.contentType.toLowerCase().startsWith('application/x-www-form-urlencoded') === true;
}

function formOf(body: LoginEntry['body']): string {
  const pairs = Object.entries(body).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(pairs).toString();
}

function unknownLogin(selector: string, operations: readonly DescribedOperation[]): string {
  const known = operations.flatMap(({ id, method, path }) => [id, `${method} ${path}`]);
  const [guess] = nearest(selector, known);
  const hint = guess === undefined ? 'expected an operationId, or "POST /login"' : `did you mean ${guess}?`;
  return `no operation matches ${selector}; ${hint}`;
}
