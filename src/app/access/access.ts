import type { Clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import { plural } from '../../kernel/format.js';
import { oneLine } from '../../kernel/text.js';
import { formatTimeLeft } from '../../kernel/units.js';
import type { SecretMask } from '../../config/secret-mask.js';
import type { Credential } from '../../model/requests/request.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import {
  chooseCredentials,
  type ChosenCredentials,
  type SchemeCredentials,
} from '../../openapi/security/choose-credentials.js';
import {
  EVERY_OPERATION,
  type ConfiguredScheme,
  type LoginPlan,
  type OAuthPlan,
} from '../../openapi/security/sign-in-plan.js';
import { signInValues, type SignInValues } from '../../openapi/security/sign-in-values.js';
import { jwtLifetimeMs } from '../../openapi/security/token-answer.js';
import type { Target } from '../../target/target.js';
import { csrfCredentials } from './csrf-token.js';
import { logIn } from './log-in.js';
import type { Api } from '../document/read-api.js';
import { withOwnAccount } from './register-account.js';
import { requestToken } from './request-token.js';
import type { Observer } from '../../model/live/run-events.js';
import type { Grant, SignInContext } from './sign-in.js';

export interface AccessOptions {
  readonly config: RunConfig;
  readonly clock: Clock;
  readonly mask: SecretMask;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

/** What one scheme gives, and until when. */
interface Held extends SchemeCredentials {
  readonly configured: ConfiguredScheme;
  readonly lifetimeMs: number | null;
  /** On the clock's base; Infinity = nobody knows of an end. */
  readonly endsAtUs: number;
}

/** Tokens are renewed that would end so soon after a cell. */
const MARGIN_MS = 5000;

/** The way past the target's guards: signs in, holds what that gives, and renews it. */
export class Access {
  private held: readonly Held[] = [];
  private csrf: readonly Credential[] = [];
  /** With the accounts that were made for them on the target that runs now. */
  private readonly plans = new Map<ConfiguredScheme, LoginPlan | OAuthPlan>();
  private readonly said = new Set<string>();
  private context: Omit<SignInContext, 'held'> | undefined;

  constructor(private readonly options: AccessOptions) {}

  /**
   * Signs in for all that these operations need; anew for each start of a target. `beforeLogins` is awaited when what
   * needs no answer of the target is there.
   */
  async signIn(
    api: Api,
    target: Target,
    used: readonly DescribedOperation[],
    beforeLogins: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const { config, clock, mask, signal } = this.options;
    if (config.auth.unresolved.length > 0) throw new UserError('usage', config.auth.unresolved.join('\n'));
    this.context = { api, target, clock, mask, signal, config };
    this.held = [];
    this.plans.clear();
    const named = new Set(used.flatMap(({ security }) => security.flat()));
    const needed = api.signIns.schemes.filter(
      ({ scheme }) => scheme === EVERY_OPERATION || named.has(scheme),
    );
    // A login may itself need a key.
    const isReady = ({ plan }: ConfiguredScheme): boolean => plan.kind === 'ready';
    for (const configured of needed.filter(isReady))
      this.held = [...this.held, await this.obtain(configured)];
    this.csrf = [];
    await this.renewCsrf();
    await beforeLogins();
    for (const configured of needed.filter((one) => !isReady(one)))
      this.held = [...this.held, await this.obtain(configured)];
    if (this.held.some(({ configured }) => !isReady(configured))) await this.renewCsrf();
    for (const notice of api.signIns.notices) this.notice(notice);
    this.tellWhatIsMissing(used);
  }

  credentialsOf(operation: Pick<DescribedOperation, 'security'>): ChosenCredentials {
    return chooseCredentials(operation, this.all);
  }

  /** Signs in again where that can be done: for a session that has ended. */
  async signInAgain(): Promise<void> {
    for (const old of this.held.filter(({ configured: { plan } }) => plan.kind !== 'ready')) {
      const now = await this.obtain(old.configured);
      this.held = this.held.map((one) => (one === old ? now : one));
    }
    await this.renewCsrf();
  }

  valuesFor(operation: DescribedOperation): SignInValues {
    const { operations = [], signIns } = this.context?.api ?? {};
    const plans = (signIns?.schemes ?? []).map((one) => this.plans.get(one) ?? one.plan);
    return Object.assign(
      {},
      ...plans.map((plan) => signInValues(plan, operation, operations)),
    ) as SignInValues;
  }

  /** Renews what would end within the next `durationMs` milliseconds; returns whether anything has changed. */
  async renewFor(durationMs: number): Promise<boolean> {
    const limitUs = this.options.clock.nowUs() + (durationMs + MARGIN_MS) * 1000;
    let hasChanged = false;
    for (const old of this.held.filter(({ endsAtUs }) => endsAtUs < limitUs)) {
      const isRenewable = old.configured.plan.kind !== 'ready';
      const now = isRenewable ? await this.obtain(old.configured) : old;
      this.held = this.held.map((one) => (one === old ? now : one));
      hasChanged ||= isRenewable;
      if (now.endsAtUs < limitUs) this.tellTooShort(now, durationMs);
    }
    if (hasChanged) await this.renewCsrf();
    return hasChanged;
  }

  /** What is held, and what goes with every request. */
  private get all(): readonly SchemeCredentials[] {
    return [...this.held, { scheme: EVERY_OPERATION, credentials: this.csrf }];
  }

  private async renewCsrf(): Promise<void> {
    const { csrf } = this.options.config;
    if (csrf === null || this.context === undefined) return;
    this.csrf = await csrfCredentials(csrf, { ...this.context, held: this.held }, this.csrf);
  }

  private async obtain(configured: ConfiguredScheme): Promise<Held> {
    const { clock } = this.options;
    const { credentials, lifetimeMs } = await this.grantOf(configured);
    const endsAtUs = lifetimeMs === null ? Infinity : clock.nowUs() + lifetimeMs * 1000;
    return { scheme: configured.scheme, configured, credentials, lifetimeMs, endsAtUs };
  }

  private async grantOf(configured: ConfiguredScheme): Promise<Grant> {
    const { plan: given } = configured;
    if (given.kind === 'ready') {
      const plan = given;
      this.options.mask.add(plan.token);
      const lifetimeMs = jwtLifetimeMs(plan.token, this.options.clock.unixMs());
      return { credentials: [plan.credential], lifetimeMs };
    }
    if (this.context === undefined) throw new Error('nothing is known of the target yet');
    const context = { ...this.context, held: this.all };
    const known = this.plans.get(configured);
    const plan = known ?? (await withOwnAccount(configured, given, context));
    const register = given.kind === 'login' ? given.entry.register : given.register;
    if (!known && register)
      this.notice(`Made an account with ${oneLine(register)}, to sign in for ${configured.source}.`);
    this.plans.set(configured, plan);
    const grant =
      plan.kind === 'oauth2'
        ? await requestToken(configured, plan, context)
        : await logIn(configured, plan, context);
    const lifetimes = [grant.lifetimeMs, plan.refreshMs].filter((lifetime) => lifetime !== null);
    return { ...grant, lifetimeMs: lifetimes.length === 0 ? null : Math.min(...lifetimes) };
  }

  private tellTooShort({ configured, lifetimeMs }: Held, durationMs: number): void {
    const { scheme, source, plan } = configured;
    const token = `The token for ${scheme === EVERY_OPERATION ? 'every operation' : scheme}`;
    this.notice(
      plan.kind === 'ready'
        ? `${token} (${source}) ends before the next cell does, and bench cannot renew it: requests may be refused.`
        : `${token} lasts ${formatTimeLeft(lifetimeMs ?? 0)}, but a cell ${formatTimeLeft(durationMs)}: requests at its end may be refused.`,
    );
  }

  /** Once for each scheme, however many operations need it. */
  private tellWhatIsMissing(used: readonly DescribedOperation[]): void {
    const counts = new Map<string, number>();
    for (const problem of used.flatMap((operation) => this.credentialsOf(operation).problems))
      counts.set(problem, (counts.get(problem) ?? 0) + 1);
    for (const [problem, count] of counts) this.notice(`${plural(count, 'operation')}: ${problem}.`);
  }

  private notice(message: string): void {
    if (this.said.has(message)) return;
    this.said.add(message);
    this.options.observe({ kind: 'notice', message });
  }
}
