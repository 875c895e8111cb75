import { sleep, systemClock as clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import { plural } from '../../kernel/format.js';
import { oneLine } from '../../kernel/text.js';
import type { PreflightResult } from '../../model/results/preflight.js';
import type { Operation, BuiltOperation } from '../../model/requests/request.js';
import { inOrder } from '../../analyze/preflight/in-order.js';
import { remedyFor } from '../../analyze/preflight/remedy-for.js';
import { remedyForGiven } from '../../analyze/preflight/remedy-for-given.js';
import type { Target } from '../../target/target.js';
import type { Answered } from './ask-operation.js';
import { Asking, type AskingOptions } from './ask-until-accepted.js';
import { AskedOperations } from './asked-operation.js';
import { doubtBasePath } from './find-base-path.js';
import { serialCandidates } from '../requests/serial-candidates.js';

const TOTAL_LIMIT_MS = 60_000;
/** A slow target that refuses much is then asked once only, so that every operation is. */
const MENDING_LIMIT_MS = 30_000;

/** A server that dies of more requests than these is not asked on. */
const MOST_RESTARTS = 3;

/** What is needed to ask those of the operations that are left, of the target that runs now. */
export type AskingOf = (isLeft: IsLeft) => AskingOptions;
type IsLeft = (one: BuiltOperation, at: number) => boolean;

/**
 * Sends the first request of each operation, one after another; in the operations' order, what came of each. Where one
 * ends the target, `restart` starts it anew for the others; it resolves with false when bench has not started it.
 */
export async function runPreflight(
  askingOf: AskingOf,
  restart: () => Promise<boolean>,
): Promise<PreflightResult[]> {
  const results: (PreflightResult | undefined)[] = askingOf(() => true).operations.map(() => undefined);
  const isLeft: IsLeft = (_, at) => results[at] === undefined;
  for (let restarts = 0; restarts <= MOST_RESTARTS; restarts += 1) {
    const options = askingOf(isLeft);
    const places = [...results.keys()].filter((at) => results[at] === undefined);
    const { found, unasked } = await askAll(options);
    for (const [at, result] of found.entries()) results[places[at] as number] = result;
    const hasAsked = found.some((result) => result !== undefined);
    const isOver = !hasAsked || options.target.death === undefined || !results.includes(undefined);
    const isAgain = !isOver && restarts < MOST_RESTARTS && (await restart());
    if (unasked)
      options.observe({ kind: 'notice', message: isAgain ? askedAnew(unasked) : notAsked(unasked) });
    if (!isAgain) break;
  }
  return results.filter((result) => result !== undefined);
}

/** Operations that are left, and why. */
interface Unasked {
  readonly count: number;
  readonly why: string;
}

function notAsked({ count, why }: Unasked): string {
  return `Pre-flight: ${plural(count, 'operation')} not asked, since ${why}.`;
}

function askedAnew({ count, why }: Unasked): string {
  return `Pre-flight: ${why}; bench started it again to ask ${count === 1 ? 'the operation' : `the ${count} operations`} left.`;
}

interface AskedAll {
  /** Undefined for those that were not asked. */
  readonly found: readonly (PreflightResult | undefined)[];
  readonly unasked: Unasked | undefined;
}

/** Until the target ends, or the time is up. */
async function askAll(options: AskingOptions): Promise<AskedAll> {
  const { operations, observe, target } = options;
  const results = new Map<BuiltOperation, Answered>();
  const patience = new Patience(target);
  const session = new Asking(options);
  const queue = inOrder(operations);
  let unasked: Unasked | undefined;
  for (const [at, built] of queue.entries()) {
    const why = patience.endsSince(queue[at - 1]);
    if (why !== undefined) {
      unasked = { count: queue.length - at, why };
      break;
    }
    const { method, path } = built.operation;
    observe({ kind: 'stage', message: oneLine(`pre-flight ${at + 1}/${queue.length}: ${method} ${path}`) });
    const result = await session.ask(built, patience.isMending());
    results.set(built, result);
    await patience.note(result, options.signal);
  }
  options.adjustments.tell(observe);
  const answered = [...results.values()];
  const of = (operation: Operation): Answered | undefined => answered.find((one) => isOf(one, operation));
  const asked = new AskedOperations(options.api, {
    stateOf: (operation) => of(operation)?.result.state,
    hasGivenToken: (operation) => of(operation)?.hasGivenToken === true,
    serialCandidates: (operation) => serialCandidates(options.config, options.api, operation),
  });
  const answers = answered.map(({ result }) => result);
  const doubt = await doubtBasePath(options, operations, answers);
  if (doubt) observe({ kind: 'notice', message: doubt.notice });
  const remedy = options.config.requests === null ? remedyFor : remedyForGiven;
  const found = operations.map((one) => {
    const result = results.get(one)?.result;
    if (!result) return undefined;
    // What lies elsewhere is neither mended nor left out one by one.
    const elsewhere = doubt && (doubt.found === null ? null : `basePath: ${doubt.found}`);
    return { ...result, remedy: elsewhere === undefined ? remedy(result, asked.known(one)) : elsewhere };
  });
  return { found, unasked };
}

function isOf({ result: { operation } }: Answered, { method, path }: Operation): boolean {
  return operation.method === method && operation.path === path;
}

const MOST_UNANSWERED = 3;
/** A connection breaks a little before the end of the process that broke it is seen. */
const DEATH_SHOWS_MS = 200;

/** Whether it is worth while to ask on. */
class Patience {
  private readonly startUs = clock.nowUs();
  private unanswered = 0;

  constructor(private readonly target: Target) {}

  /** Why nothing more is asked; undefined while it is. */
  endsSince(last: BuiltOperation | undefined): string | undefined {
    const { death } = this.target;
    const at = last === undefined ? '' : ` at ${oneLine(`${last.operation.method} ${last.operation.path}`)}`;
    if (death !== undefined) return `the target ${death}${at}`;
    if (this.unanswered >= MOST_UNANSWERED) return `${MOST_UNANSWERED} running were not answered`;
    return this.elapsedMs() > TOTAL_LIMIT_MS ? 'a minute is over' : undefined;
  }

  /** Whether there is time to ask again for what is refused. */
  isMending(): boolean {
    return this.elapsedMs() < MENDING_LIMIT_MS;
  }

  private elapsedMs(): number {
    return (clock.nowUs() - this.startUs) / 1000;
  }

  async note({ result: { state } }: Answered, signal: AbortSignal): Promise<void> {
    this.unanswered = state === 'no-answer' ? this.unanswered + 1 : 0;
    const { pid, died } = this.target;
    if (this.unanswered > 0 && pid !== null) await Promise.race([died, sleep(clock, DEATH_SHOWS_MS, signal)]);
  }
}

/** Ends a run that wants every operation to answer well before it sends load. */
export function refuseUnready(results: readonly PreflightResult[]): void {
  const bad = results.filter(({ state }) => state !== 'ok');
  if (bad.length === 0) return;
  const lines = bad.slice(0, SHOWN).map(({ operation, state, status, reason }) => {
    const said = reason === null ? '' : `: ${reason}`;
    return oneLine(`  ${operation.method} ${operation.path}  ${status ?? 'no answer'} ${state}${said}`);
  });
  const more = bad.length > SHOWN ? [`  … and ${bad.length - SHOWN} more`] : [];
  throw new UserError(
    'run',
    `The pre-flight found ${bad.length} of ${plural(results.length, 'operation')} not ready:\n${[...lines, ...more].join('\n')}`,
    'No load was sent, as --preflight strict wants it. bench list --check shows what to do; --preflight warn goes on all the same.',
  );
}

const SHOWN = 10;
