import type { AuthInput } from '../../model/config/auth.js';
import type { DescribedOperation, SecurityScheme } from '../document/described-operation.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { bodyOf } from './credential-form.js';
import { findLogin, findRegister, type CredentialOperation } from './find-login.js';

export interface SignInSources {
  readonly document: OpenApiDocument;
  readonly operations: readonly DescribedOperation[];
  /** Whether an operation has answered with a token or a cookie. */
  readonly hasGivenToken: (operation: DescribedOperation) => boolean;
  /** Whether it has to be a user of one's own, not an account that bench makes. */
  readonly asOwnUser?: boolean;
}

/** What stands where the user's own is wanted. */
const TO_FILL_IN = 'TODO';

/**
 * What `auth:` can say of a scheme, from the operations that the document has for it; undefined when it has none, and
 * the user has to bring a key or a token. `scheme` undefined = the document names none.
 */
export function suggestSignIn(
  scheme: SecurityScheme | undefined,
  { document, operations, hasGivenToken, asOwnUser = false }: SignInSources,
): AuthInput | undefined {
  if (scheme !== undefined && !takesToken(scheme)) return undefined;
  const login = findLogin(document, operations, hasGivenToken);
  const register = asOwnUser ? undefined : findRegister(document, operations, login?.operation);
  if (isPasswordFlow(scheme, login)) {
    const own = { username: TO_FILL_IN, password: TO_FILL_IN };
    return register ? { register: nameOf(register) } : own;
  }
  if (!login) return undefined;
  const { user, password, required } = login.form;
  const wanted = [user, password, ...required.filter((name) => !/^grant_?type$/i.test(name))];
  const body = bodyOf(Object.fromEntries(wanted.map((place) => [place, TO_FILL_IN])));
  return register
    ? { login: nameOf(login), register: nameOf(register) }
    : { login: nameOf(login), body: body as Record<string, string> };
}

/** A key that is a token in all but name, too. */
function takesToken(scheme: SecurityScheme): boolean {
  switch (scheme.kind) {
    case 'bearer':
      return true;
    case 'oauth2':
      return true;
    case 'api-key':
      return scheme.place === 'cookie' || /^authorization$|token|session|jwt/i.test(scheme.name);
    case 'basic':
      return false;
    case 'other':
      return /openid/i.test(scheme.name);
  }
}

/** Where its token URL is on the target: one on another host needs the user's word. */
function isPasswordFlow(scheme: SecurityScheme | undefined, login: CredentialOperation | undefined): boolean {
  if (scheme?.kind !== 'oauth2' || !scheme.flows.includes('password') || scheme.tokenUrl === null)
    return false;
  return login === undefined || !/^[a-z]+:/i.test(scheme.tokenUrl);
}

function nameOf({ operation: { method, path } }: CredentialOperation): string {
  return `${method} ${path}`;
}
