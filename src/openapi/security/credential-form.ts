import { bare } from '../chains/nouns.js';
import type { DescribedOperation } from '../document/described-operation.js';
import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { fieldsAt, likelySchema } from '../requests/fields-at.js';

/** A body that takes a user and a password. Places are as in keys of values, without `body.`: `user.email`. */
export interface CredentialForm {
  readonly user: string;
  readonly password: string;
  /** Fields that want the password once more. */
  readonly repeated: readonly string[];
  /** Other names that the user goes by here: an e-mail address beside a user name. */
  readonly otherUsers: readonly string[];
  /** What else it cannot do without. */
  readonly required: readonly string[];
}

const USERS = [
  'email',
  'emailaddress',
  'mail',
  'username',
  'user',
  'login',
  'loginname',
  'loginid',
  'userid',
  'identifier',
  'emailorusername',
  'usernameoremail',
  'account',
  'accountname',
  'name',
];
const PASSWORDS = ['password', 'passwd', 'pass', 'pwd', 'passphrase', 'userpassword', 'plainpassword'];
const REPEATED =
  /^(re|repeat|confirm|verify|again)(ed)?(password|pwd)$|^password(confirm(ation)?|repeat(ed)?|again|check|verify|2)$/;

/** Whether a field of this name holds what a user signs in as. */
export function isUserField(name: string): boolean {
  return USERS.includes(bare(name));
}

/** Where an operation's body takes a user and a password: at the top, or in one object below it. */
export function credentialForm(
  document: OpenApiDocument,
  { body }: Pick<DescribedOperation, 'body'>,
): CredentialForm | undefined {
  if (!body) return undefined;
  const top = formIn(document, body.schema, '');
  if (top) return top;
  for (const [name, schema] of fieldsAt(document, body.schema).properties) {
    const inner = isObject(schema) ? formIn(document, schema, `${name}.`) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

function formIn(document: OpenApiDocument, schema: unknown, before: string): CredentialForm | undefined {
  const { properties, required } = fieldsAt(document, schema);
  const texts = [...properties].filter(([, property]) => isText(document, property)).map(([name]) => name);
  const known = (names: readonly string[]): string[] =>
    names.flatMap((wanted) => texts.filter((name) => bare(name) === wanted));
  const users = known(USERS);
  const [user] = users;
  const [password] = known(PASSWORDS);
  if (user === undefined || password === undefined) return undefined;
  const repeated = texts.filter((name) => REPEATED.test(bare(name)));
  // A name beside an address is a person's own.
  const otherUsers = users.slice(1).filter((name) => bare(name) !== 'name');
  const taken = new Set([user, password, ...repeated, ...otherUsers]);
  return {
    user: before + user,
    password: before + password,
    repeated: repeated.map((name) => before + name),
    otherUsers: otherUsers.map((name) => before + name),
    required: [...required]
      .filter((name) => properties.has(name) && !taken.has(name))
      .map((name) => before + name),
  };
}

function isText(document: OpenApiDocument, schema: unknown): boolean {
  const { type } = likelySchema(document, schema);
  return type === undefined || type === 'string' || (Array.isArray(type) && type.includes('string'));
}

/** `{ user: { email: … } }` of `user.email`. */
export function bodyOf(values: Readonly<Record<string, string>>): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [place, value] of Object.entries(values)) {
    const names = place.split('.');
    const last = names.pop() as string;
    let here = body;
    for (const name of names) here = (here[name] ??= {}) as Record<string, unknown>;
    here[last] = value;
  }
  return body;
}

/** The texts of a body by their places, those that are given and no list. */
export function placesIn(body: unknown, before = ''): Record<string, string | number | boolean> {
  if (!isObject(body)) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): [string, string | number | boolean][] => {
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        return [[before + name, value]];
      return Object.entries(placesIn(value, `${before}${name}.`));
    }),
  );
}
