import { oneLine } from '../../kernel/text.js';
import type { BuiltOperation } from '../../model/requests/request.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { needsLogin } from '../../openapi/security/plan-sign-ins.js';
import type { Adjusted } from '../requests/adjusted.js';
import type { Adjustments, Outcome } from '../requests/adjustments.js';
import { askOperation, type Answered, type AskOptions } from './ask-operation.js';
import type { Api } from '../document/read-api.js';
import type { Observer } from '../../model/live/run-events.js';
import { isSameRequest } from '../requests/send-request.js';
import { SessionWatch } from '../access/session-watch.js';

export interface AskingOptions extends AskOptions {
  readonly config: Pick<RunConfig, 'timeoutMs' | 'values' | 'seed' | 'bodyMode' | 'requests'>;
  readonly api: Pick<Api, 'document' | 'operations' | 'rules' | 'securitySchemes' | 'signIns' | 'spec'>;
  readonly operations: readonly BuiltOperation[];
  /** Prepares one of them anew, with its adjustments. */
  readonly rebuild: (operation: DescribedOperation) => BuiltOperation;
  /** Signs in again, and builds the requests of these operations anew, in their order. */
  readonly renew: () => Promise<readonly BuiltOperation[]>;
  readonly adjustments: Adjustments;
  readonly observe: Observer;
}

/** Asks operations one after another, and once more where the session had ended, or where another request may be accepted. */
export class Asking {
  private readonly watch: SessionWatch;
  private renewed: readonly BuiltOperation[];

  constructor(private readonly options: AskingOptions) {
    this.renewed = options.operations;
    this.watch = new SessionWatch(options.observe, async () => {
      this.renewed = await options.renew();
    });
  }

  /** Without `mends` what is refused is not asked again with other requests. */
  async ask(built: BuiltOperation, mends: boolean): Promise<Answered> {
    const { options, watch } = this;
    const { method, path } = built.operation;
    const described = options.api.operations.find((one) => one.method === method && one.path === path);
    const isGuarded = described !== undefined && needsLogin(described, options.api.signIns);
    let answered = await askOperation(options, this.now(built));
    if (isGuarded && (await watch.renewsAfter(answered.result))) {
      answered = await askOperation(options, this.now(built));
      watch.tell(answered.result);
    }
    if (described && mends) answered = await this.mended(built, described, answered);
    watch.note(built.operation, answered.result, isGuarded);
    return described ? withAdjustments(answered, options.adjustments.of(described)) : answered;
  }

  /** What comes of the request as the target may accept it: the load repeats its requests. */
  private async mended(
    built: BuiltOperation,
    described: DescribedOperation,
    answered: Answered,
  ): Promise<Answered> {
    const { options } = this;
    const { adjustments, api, operations, rebuild } = options;
    const refused = await this.refused(built, answered);
    if (!refused) return answered;
    const at = operations.indexOf(built);
    const before = this.now(built);
    const refusal = { ...refused.result, isRepeated: refused !== answered };
    const askWith = async (one: BuiltOperation): Promise<Outcome & { readonly found: Answered }> => {
      this.renewed = this.renewed.with(at, one);
      const found = await askOperation(options, one);
      return { found, isGood: found.result.state === 'ok', refusal: found.result };
    };
    const again = async (): Promise<Awaited<ReturnType<typeof askWith>> | undefined> => {
      const other = rebuild(described);
      const [one, another] = [before.blueprints[0], other.blueprints[0]];
      return one && another && isSameRequest(one, another) ? undefined : askWith(other);
    };
    const mended = await adjustments.mend(api, described, refusal, again, () => askWith(before));
    if (mended) return mended.found;
    this.renewed = this.renewed.with(at, before);
    if (refused !== answered) options.observe({ kind: 'notice', message: onceOnly(refused) });
    return answered;
  }

  /** The answer that refuses the request, or the same one again: some servers take values once only. */
  private async refused(built: BuiltOperation, answered: Answered): Promise<Answered | undefined> {
    const { operation, blueprints, uniqueRows } = built;
    const { state, isStream } = answered.result;
    const [request] = blueprints;
    const hasValues = request !== undefined && request.body !== null && request.holes === undefined;
    if (uniqueRows !== undefined || isStream) return undefined;
    if (state !== 'ok') return answered;
    // A login may be repeated, but some servers count how often.
    if (!hasValues || operation.method !== 'POST' || answered.hasGivenToken) return undefined;
    const again = await askOperation(this.options, this.now(built));
    return ['validation', 'server-error'].includes(again.result.state) ? again : undefined;
  }

  /** With the credentials that are valid now. */
  private now(built: BuiltOperation): BuiltOperation {
    return this.renewed[this.options.operations.indexOf(built)] ?? built;
  }
}

function withAdjustments(answered: Answered, { kinds, serial }: Adjusted): Answered {
  if (kinds.length === 0 || answered.result.state !== 'ok') return answered;
  const unique = Object.keys(serial).length === 0 ? {} : { unique: { ...serial } };
  return { ...answered, result: { ...answered.result, adjustments: [...kinds], ...unique } };
}

function onceOnly({ result: { operation, status, reason } }: Answered): string {
  const said = reason === null ? '' : `: ${reason}`;
  return oneLine(
    `Pre-flight: ${operation.method} ${operation.path} took its request once, and answered the same one again with ${status ?? ''}${said}. The load will meet that.`,
  );
}
