import type { LoginEntry } from '../../model/config/auth.js';
import type { DescribedOperation } from '../document/described-operation.js';
import { isObject } from '../../kernel/is-object.js';
import { matches } from '../selection/select-operations.js';
import { bodyOf, placesIn, type CredentialForm } from './credential-form.js';
import type { OAuthPlan, SignInPlan } from './sign-in-plan.js';

export type SignInValues = Readonly<Record<string, string | number | boolean>>;

/**
 * What an operation is sent when it is the one that a plan signs in with, by key of its values: the configured
 * credentials, not made-up ones. Nothing for all others.
 */
export function signInValues(
  plan: SignInPlan,
  operation: DescribedOperation,
  operations: readonly DescribedOperation[],
): SignInValues {
  if (plan.kind === 'ready') return {};
  const isOwn =
    plan.kind === 'login'
      ? operations.find((one) => matches(one, plan.entry.login)) === operation
      : isTokenOperation(plan, operation);
  if (!isOwn) return {};
  const { username, ...form } = plan.kind === 'oauth2' ? plan.form : {};
  const places =
    plan.kind === 'login' ? placesIn(plan.entry.body) : { ...form, ...(username ? { username } : {}) };
  return Object.fromEntries(Object.entries(places).map(([place, value]) => [`body.${place}`, value]));
}

function isTokenOperation({ tokenUrl }: OAuthPlan, { method, path, template }: DescribedOperation): boolean {
  if (method !== 'POST') return false;
  const at = (base: string): string => new URL(tokenUrl, `http://target${base}/`).pathname;
  const base = path.slice(0, path.length - template.length);
  return URL.canParse(tokenUrl, 'http://target/') && at(base) === path;
}

/** The body of a login, with an account's user and password where it leaves them out. */
export function withAccount(
  body: LoginEntry['body'],
  { user, password }: Pick<CredentialForm, 'user' | 'password'>,
  account: { readonly user: string; readonly password: string },
): LoginEntry['body'] {
  return merged(bodyOf({ [user]: account.user, [password]: account.password }), body) as LoginEntry['body'];
}

function merged(below: unknown, above: unknown): unknown {
  if (!isObject(below) || !isObject(above)) return above;
  const inner = Object.entries(above).map(([name, value]) => [name, merged(below[name], value)]);
  return { ...below, ...Object.fromEntries(inner) };
}
