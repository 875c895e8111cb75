import { z } from 'zod';

const secret = z
  .string('expected text; in quotes if it is a number')
  .min(1, 'expected text that is not empty');
const name = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'expected a name such as x-api-key');
const oneParameter = z.string().min(1);

/** Where a secret goes in a request. */
const places = {
  header: name.optional().describe('the header that holds it'),
  query: oneParameter.optional().describe('the query parameter that holds it'),
  cookie: name.optional().describe('the cookie that holds it'),
};
const ONE_PLACE = 'expected one of header, query and cookie';

function hasOnePlace(given: { header?: unknown; query?: unknown; cookie?: unknown }): boolean {
  return [given.header, given.query, given.cookie].filter((place) => place !== undefined).length === 1;
}

const refresh = z
  .string()
  .regex(/^\d+(\.\d+)?(ms|s|m|h)$/, 'expected a duration such as 10m')
  .optional()
  .describe('how long a token is used, where the server does not say');
const client = {
  clientAuth: z
    .enum(['basic', 'body'], 'expected basic or body')
    .optional()
    .describe('how the client names itself to the token URL [basic, then body]'),
  scopes: z.array(z.string()).optional().describe('the scopes that are asked for'),
  tokenUrl: z
    .string()
    .regex(/^(\/|https?:\/\/)/, 'expected a path on the server, or a URL')
    .optional()
    .describe("instead of the document's; may be on another host"),
  refresh,
};

const givenSecretSchema = z
  .strictObject({
    ...places,
    value: secret.describe('the key or token'),
    prefix: z.string().optional().describe('stands in front of the value, such as "Token "'),
  })
  .refine(hasOnePlace, ONE_PLACE);
const bearerSchema = z.strictObject({ bearer: secret.describe('the token of Authorization: Bearer') });
const register = z
  .string()
  .min(1)
  .describe('the operation that makes the account first, after each start: operationId or "POST /register"');
const passwordSchema = z.strictObject({
  username: z.string().describe('of basic authentication or the password flow'),
  password: secret.describe('its password'),
  clientId: z.string().min(1).optional().describe('where the token URL asks for a client as well'),
  clientSecret: secret.optional().describe('the secret of the client'),
  ...client,
  register: register.optional(),
});
const accountSchema = z
  .strictObject({
    register: register.describe('as above, with a user and password that bench makes up'),
    ...client,
  })
  .describe('of the password flow');
const clientSchema = z.strictObject({
  clientId: z.string().min(1).describe('of the client credentials flow'),
  clientSecret: secret.describe('its secret'),
  ...client,
});
const loginSchema = z.strictObject({
  login: z.string().min(1).describe('the operation that signs in: operationId or "POST /login"'),
  body: z.record(z.string(), z.json()).default({}).describe('what it is sent'),
  register: register
    .optional()
    .describe('as above; of what body leaves out bench makes up user and password'),
  encoding: z
    .enum(['json', 'form'], 'expected json or form')
    .optional()
    .describe('how the body is written [as the document says, else json]'),
  token: z
    .string()
    .regex(/^(\/([^~/]|~[01])*)+$/, 'expected a JSON pointer such as /access_token')
    .optional()
    .describe('where the answer holds the token [/access_token, /token …; else its cookies]'),
  as: z
    .strictObject({ ...places, prefix: z.string().optional().describe('stands in front of the token') })
    .refine(hasOnePlace, ONE_PLACE)
    .optional()
    .describe('how the token is sent [as the scheme says, else Authorization: Bearer]'),
  refresh,
});

const ENTRY =
  'expected a key, a token or user:password as text, { username, password }, { clientId, clientSecret }, { bearer }, { header, value }, { login, body } or { login, register }';

/** By scheme of the document: how to get past it. */
export const authSchema = z.record(
  z.string().min(1),
  z.union(
    [
      secret.describe('the key, the token, or user:password'),
      passwordSchema,
      accountSchema,
      clientSchema,
      bearerSchema,
      givenSecretSchema,
      loginSchema,
    ],
    ENTRY,
  ),
);
export type AuthEntry = z.infer<typeof authSchema>[string];
/** As a file says it: what has a default can stay away. */
export type AuthInput = z.input<typeof authSchema>[string];
export type LoginEntry = z.infer<typeof loginSchema>;
export type TokenForm = NonNullable<LoginEntry['as']>;

/** What the user has configured for signing in: holds secrets, and is never stored nor printed. */
export interface AuthConfig {
  /** By scheme name as the user wrote it; `*` = every operation. Variables are filled in. */
  readonly entries: Readonly<Record<string, AuthEntry>>;
  /** `BENCH_AUTH_…` variables of the environment, by name. */
  readonly environment: Readonly<Record<string, string>>;
  /** Sentences on entries whose variables are not set; they cannot be used. */
  readonly unresolved: readonly string[];
  /** What goes with the request for the document, to this origin alone; left out = nothing. */
  readonly document?: { readonly origin: string; readonly authorization: string };
  /** All texts in it that must not show. */
  readonly secrets: readonly string[];
}

/** The variable of the environment that configures a scheme. */
export function variableOf(scheme: string): string {
  return `BENCH_AUTH_${scheme.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}
