import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import type { DescribedOperation } from '../document/described-operation.js';
import { readAnswers } from '../document/read-answers.js';
import { wordOf, wordsOf } from '../chains/nouns.js';
import { fieldsAt } from '../requests/fields-at.js';
import { credentialForm, type CredentialForm } from './credential-form.js';
import { isTokenName } from './token-answer.js';

/** An operation that takes a user and a password. */
export interface CredentialOperation {
  readonly operation: DescribedOperation;
  readonly form: CredentialForm;
}

const LOGIN =
  /^(log-?in|sign-?in|log-?on|sign-?on|auth|authenticate|authentication|authorize|tokens?|(get|create|obtain|access|generate|issue)-?tokens?|token-?auth|sessions?|jwt|local|password)$/;
const REGISTER = /^(register|registration|sign-?up|create-?(account|user)|join|enroll?)$/;
const ACCOUNTS = /^(users?|accounts?|members?|customers?|people|authors?)$/;
const OTHER = /^(re-?set|forgot|forget|change|update|verify|confirm|log-?out|sign-?out|revoke|refresh)\b/;

/**
 * The operation that signs in with a user and a password: its path says so, or its answer has a token or a cookie, as
 * documented or as `hasGivenToken` has seen.
 */
export function findLogin(
  document: OpenApiDocument,
  operations: readonly DescribedOperation[],
  hasGivenToken: (operation: DescribedOperation) => boolean = () => false,
): CredentialOperation | undefined {
  const scoreOf = (operation: DescribedOperation): number => {
    if (wordsOf(operation.path).some((word) => REGISTER.test(word) || OTHER.test(word))) return 0;
    const words = wordsOf(operation.path);
    const isNamed = LOGIN.test(words.at(-1) ?? '') || LOGIN.test(wordOf(operation.id));
    // What gives a token to a new account is no login.
    if (!isNamed && ACCOUNTS.test(words.at(-1) ?? '')) return 0;
    const isProven = hasGivenToken(operation) || declaresToken(document, operation);
    return Number(isNamed) * 2 + Number(isProven);
  };
  return best(candidates(document, operations).map((one) => ({ one, score: scoreOf(one.operation) })));
}

/** The operation that makes an account without being signed in, for a login. */
export function findRegister(
  document: OpenApiDocument,
  operations: readonly DescribedOperation[],
  login: DescribedOperation | undefined,
): CredentialOperation | undefined {
  const scoreOf = (operation: DescribedOperation): number => {
    const last = wordsOf(operation.path).at(-1) ?? '';
    if (REGISTER.test(last) || REGISTER.test(wordOf(operation.id))) return 2;
    return ACCOUNTS.test(last) ? 1 : 0;
  };
  const open = candidates(document, operations).filter(
    ({ operation: { security, ...operation } }) =>
      (security.length === 0 || security.some((needed) => needed.length === 0)) &&
      !(operation.method === login?.method && operation.path === login.path),
  );
  return best(open.map((one) => ({ one, score: scoreOf(one.operation) })));
}

function candidates(
  document: OpenApiDocument,
  operations: readonly DescribedOperation[],
): readonly CredentialOperation[] {
  return operations
    .filter(({ method, path }) => method === 'POST' && !path.includes('{'))
    .flatMap((operation) => {
      const form = credentialForm(document, operation);
      return form ? [{ operation, form }] : [];
    });
}

interface Scored {
  readonly one: CredentialOperation;
  readonly score: number;
}

/** Of equals the one with fewer fields to fill in, then the shorter path. */
function best(scored: readonly Scored[]): CredentialOperation | undefined {
  const [first] = scored
    .filter(({ score }) => score > 0)
    .sort(
      (a, b) =>
        b.score - a.score ||
        a.one.form.required.length - b.one.form.required.length ||
        a.one.operation.path.length - b.one.operation.path.length,
    );
  return first?.one;
}

function declaresToken(document: OpenApiDocument, operation: DescribedOperation): boolean {
  return readAnswers(document, operation)
    .filter(({ status }) => /^(2|default)/.test(status))
    .some(
      ({ schemas, headers }) =>
        headers.some((name) => /^set-cookie$/i.test(name)) ||
        schemas.some((schema) => holdsToken(document, schema, 1)),
    );
}

function holdsToken(document: OpenApiDocument, schema: unknown, depth: number): boolean {
  return [...fieldsAt(document, schema).properties].some(
    ([name, property]) =>
      isTokenName(name) || (depth > 0 && isObject(property) && holdsToken(document, property, depth - 1)),
  );
}
