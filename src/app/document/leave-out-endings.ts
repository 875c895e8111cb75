import { UserError } from '../../kernel/errors.js';
import { oneLine } from '../../kernel/text.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { isSignedIn, type SignInPlans } from '../../openapi/security/plan-sign-ins.js';
import { mayEndService } from '../../openapi/selection/ends-service.js';
import { mayEndSession } from '../../openapi/selection/ends-session.js';
import { matches, names } from '../../openapi/selection/select-operations.js';
import type { Observer } from '../../model/live/run-events.js';

/**
 * Leaves out, unless they are named, operations after which others would be refused: those that may end the session that
 * bench is signed in with, or the service itself.
 */
export function leaveOutEndings(
  selected: readonly DescribedOperation[],
  signIns: SignInPlans,
  config: RunConfig,
  observe: Observer,
): readonly DescribedOperation[] {
  const wanted = namedIn(config, signIns);
  const isNamed = (one: DescribedOperation): boolean =>
    wanted.some((selector) => matches(one, selector) && names(one, selector));
  const endings = [
    { what: 'stop the server or close it for the others', mayEnd: mayEndService },
    {
      what: 'end the session of bench',
      mayEnd: (one: DescribedOperation) => mayEndSession(one) && isSignedIn(one, signIns),
    },
  ];
  let left = selected;
  for (const { what, mayEnd } of endings) {
    const leftOut = left.filter((one) => mayEnd(one) && !isNamed(one));
    if (leftOut.length === 0) continue;
    const list = leftOut.map(({ method, path }) => `${method} ${path}`).join(', ');
    const message = `Left out, since they may ${what}: ${list}. --include 'METHOD /path' sends one all the same.`;
    left = left.filter((one) => !leftOut.includes(one));
    if (left.length === 0) throw new UserError('usage', oneLine(message));
    observe({ kind: 'notice', message: oneLine(message) });
  }
  return left;
}

/** Selectors that the user has written, and the operations that sign in. */
function namedIn({ selection, operations, expect, setup }: RunConfig, { schemes }: SignInPlans): string[] {
  return [
    ...selection.include,
    ...Object.keys(operations),
    ...Object.keys(expect),
    ...setup.map(({ call }) => call),
    ...schemes.flatMap(({ plan }) => (plan.kind === 'login' ? [plan.entry.login] : [])),
  ];
}
