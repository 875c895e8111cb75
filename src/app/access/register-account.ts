import { randomBytes } from 'node:crypto';
import { UserError } from '../../kernel/errors.js';
import { oneLine } from '../../kernel/text.js';
import { headersOf } from '../../model/requests/fetch.js';
import type { ValueRule } from '../../model/config/value-rule.js';
import { bare } from '../../openapi/chains/nouns.js';
import { credentialForm, placesIn, type CredentialForm } from '../../openapi/security/credential-form.js';
import { findRegister } from '../../openapi/security/find-login.js';
import { chooseCredentials } from '../../openapi/security/choose-credentials.js';
import type { ConfiguredScheme, LoginPlan, OAuthPlan } from '../../openapi/security/sign-in-plan.js';
import { withAccount } from '../../openapi/security/sign-in-values.js';
import { matches } from '../../openapi/selection/select-operations.js';
import { buildAny } from '../requests/build-requests.js';
import { sendRequest } from '../requests/send-request.js';
import { refused, type SignInContext } from './sign-in.js';

/** What an account can be signed in to with. */
interface Account {
  /** By the bare name of the field that took it, the one that counts first. */
  readonly users: ReadonlyMap<string, string>;
  readonly password: string;
}

/** What the user says of it; undefined = any will do. */
interface WantedAccount {
  readonly user: string | undefined;
  readonly password: string | undefined;
}

/** The plan with the user and password of an account, which is made for it where the plan says with what. */
export async function withOwnAccount(
  configured: ConfiguredScheme,
  plan: LoginPlan | OAuthPlan,
  context: SignInContext,
): Promise<LoginPlan | OAuthPlan> {
  if (plan.kind === 'oauth2') {
    if (plan.register === null) return plan;
    const { username, password } = plan.form;
    const wanted = { user: username || undefined, password: password || undefined };
    const account = await registerAccount(configured, plan.register, wanted, context);
    const own = { username: userFor(account, 'username'), password: account.password };
    return { ...plan, form: { ...plan.form, ...own } };
  }
  const { entry } = plan;
  if (entry.register === undefined) return plan;
  const { operations, document } = context.api;
  const login = operations.find((one) => matches(one, entry.login));
  const form = login && credentialForm(document, login);
  if (!form)
    throw new UserError(
      'usage',
      `${configured.source}: ${entry.login} has no fields for a user and a password.`,
    );
  const given = placesIn(entry.body);
  const wanted = { user: textAt(given, form.user), password: textAt(given, form.password) };
  const account = await registerAccount(configured, entry.register, wanted, context);
  const own = { user: userFor(account, form.user), password: account.password };
  return { ...plan, entry: { ...entry, body: withAccount(entry.body, form, own) } };
}

function textAt(values: ReturnType<typeof placesIn>, place: string): string | undefined {
  const value = Object.hasOwn(values, place) ? values[place] : undefined;
  return value === undefined ? undefined : String(value);
}

const LIMIT_MS = 15_000;
/** So servers say that there is such an account already. */
const TAKEN: readonly (number | null)[] = [400, 409, 422];

/** Makes an account with an operation of the API, from the document's values but for who it is. */
async function registerAccount(
  configured: ConfiguredScheme,
  selector: string,
  wanted: WantedAccount,
  context: SignInContext,
): Promise<Account> {
  const { api, target, config, held, mask, signal } = context;
  const operation = api.operations.find((one) => matches(one, selector));
  const form = operation && credentialForm(api.document, operation);
  if (!operation || !form)
    throw new UserError('usage', unfit(configured, selector, operation !== undefined, context));
  const account = accountFor(form, wanted);
  mask.add(account.password);
  const access = { credentialsOf: () => chooseCredentials(operation, held), valuesFor: () => ({}) };
  const built = buildAny(
    { config: { ...config, variants: 1 }, api, access },
    operation,
    { values: {}, from: {} },
    valuesOf(form, account),
  );
  const [request] = built.blueprints;
  if (!request) throw new Error('an operation without a request');
  const answer = await sendRequest(target, request, LIMIT_MS, signal);
  const isMade = answer.status !== null && answer.status < 400;
  const mayBeThere = wanted.user !== undefined && TAKEN.includes(answer.status);
  if (isMade || mayBeThere) return account;
  const said = { status: answer.status ?? 0, text: answer.failure ?? answer.body.toString('utf8') };
  const url = target.origin + operation.path;
  throw refused(
    configured,
    { method: operation.method, url, headers: {}, body: null },
    { ...said, setCookies: headersOf(answer, 'set-cookie') },
    mask,
  );
}

function unfit(
  { source }: ConfiguredScheme,
  selector: string,
  isKnown: boolean,
  { api }: SignInContext,
): string {
  const found = findRegister(api.document, api.operations, undefined)?.operation;
  const guess = found === undefined ? '' : `; did you mean ${found.method} ${found.path}?`;
  const what = isKnown ? 'has no fields for a user and a password' : 'is no operation of the document';
  return oneLine(`${source}: register: ${selector} ${what}${guess || '.'}`);
}

/** One that nobody has: the same server may be asked again, by another run. */
function accountFor({ user, otherUsers }: CredentialForm, wanted: WantedAccount): Account {
  const mark = randomBytes(5).toString('hex');
  const fresh = (place: string): string =>
    /mail/.test(nameAt(place)) ? `bench-${mark}@example.com` : `bench${mark}`;
  const users = [user, ...otherUsers].map((place, at): [string, string] => [
    nameAt(place),
    (at === 0 ? wanted.user : undefined) ?? fresh(place),
  ]);
  return { users: new Map(users), password: wanted.password ?? `Bench-${randomBytes(6).toString('hex')}-1` };
}

function valuesOf(
  { user, password, repeated, otherUsers }: CredentialForm,
  account: Account,
): Record<string, ValueRule> {
  const texts = [
    ...[user, ...otherUsers].map((place) => [place, userFor(account, place)] as const),
    ...[password, ...repeated].map((place) => [place, account.password] as const),
  ];
  // In a list each stands as it is, whatever it holds.
  return Object.fromEntries(texts.map(([place, text]) => [`body.${place}`, { oneOf: [text] }]));
}

/** Who the account is in the words of a field; a user name is often the e-mail address. */
function userFor({ users }: Account, place: string): string {
  const [first = ''] = users.values();
  return users.get(nameAt(place)) ?? first;
}

function nameAt(place: string): string {
  return bare(place.split('.').at(-1) ?? '');
}
