import type { LoginEntry } from '../../model/config/auth.js';
import type { Credential } from '../../model/requests/request.js';

/** How a token is sent once it is there. */
export interface TokenPlace {
  readonly place: Credential['place'];
  readonly name: string;
  /** In front of the token: `Bearer `. */
  readonly prefix: string;
}

/** A token that the server gives for a password or for a client's secret: RFC 6749, 4.3 and 4.4. */
export interface OAuthPlan {
  readonly kind: 'oauth2';
  /** What the token request says, without the client. */
  readonly form: Readonly<Record<string, string>>;
  readonly client: { readonly id: string; readonly secret: string } | null;
  /** How the client names itself; several are tried in turn. */
  readonly clientAuth: readonly ('basic' | 'body')[];
  /** The operation that makes the account; null = there is one. Without a user in the form, any will do. */
  readonly register: string | null;
  readonly tokenUrl: string;
  /** Whether the user has named the token URL, which may then be on another host. */
  readonly isTokenUrlOwn: boolean;
  readonly as: TokenPlace;
  readonly refreshMs: number | null;
}

/** A token or cookies that one operation of the API gives. */
export interface LoginPlan {
  readonly kind: 'login';
  readonly entry: LoginEntry;
  readonly as: TokenPlace;
  /** The cookie that the scheme names; null = all that the login sets. */
  readonly cookie: string | null;
  readonly refreshMs: number | null;
}

/** A secret that is sent as it is. */
export interface ReadyPlan {
  readonly kind: 'ready';
  readonly credential: Credential;
  /** The end of it that is the secret, and may say how long it lasts. */
  readonly token: string;
}

export type SignInPlan = ReadyPlan | OAuthPlan | LoginPlan;

/** Of every operation, whatever it names. */
export const EVERY_OPERATION = '*';

export interface ConfiguredScheme {
  /** As in the document, or EVERY_OPERATION. */
  readonly scheme: string;
  /** Where it is configured, for messages: `auth: BearerAuth`, `BENCH_AUTH_BEARERAUTH`. */
  readonly source: string;
  readonly plan: SignInPlan;
}

/** The credential that the plan will give, for what shows requests without sending them. */
export function standInFor(plan: SignInPlan, value: string): Credential {
  if (plan.kind === 'ready') {
    const { credential, token } = plan;
    return { ...credential, value: credential.value.slice(0, -token.length) + value };
  }
  const { place, name, prefix } = plan.as;
  return { place, name, value: prefix + value };
}
