import { UserError } from '../../kernel/errors.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { DescribedOperation, SecurityScheme } from '../../openapi/document/described-operation.js';
import { loginRequest } from '../../openapi/security/login-request.js';
import { planSignIns, type SignInPlans } from '../../openapi/security/plan-sign-ins.js';

/** Throws one error with all that is wrong with `auth:` in view of the document. */
export function planChecked(
  { auth }: RunConfig,
  schemes: Readonly<Record<string, SecurityScheme>>,
  operations: readonly DescribedOperation[],
): SignInPlans {
  const plans = planSignIns(auth, schemes);
  const logins = plans.schemes.flatMap(({ source, plan }) => {
    const login = plan.kind === 'login' ? loginRequest(plan.entry, operations) : undefined;
    return typeof login === 'string' ? [`${source}: ${login}`] : [];
  });
  const problems = [...plans.problems, ...logins];
  if (problems.length === 0) return plans;
  const hint = `What goes with every operation is named '*', such as: auth: { '*': { header: X-Key, value: … } }.`;
  throw new UserError(
    'usage',
    problems.map((problem) => (problem.endsWith('?') ? problem : `${problem}.`)).join('\n'),
    hint,
  );
}
