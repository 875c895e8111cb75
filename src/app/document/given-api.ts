import { oneLine } from '../../kernel/text.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { ApiDescription, DescribedOperation } from '../../openapi/document/described-operation.js';
import { describeRequests, type DescribedRequests } from '../../openapi/document/describe-requests.js';
import { baseFrom } from '../../openapi/document/server-path.js';
import type { SignInPlans } from '../../openapi/security/plan-sign-ins.js';
import { selectOperations } from '../../openapi/selection/select-operations.js';
import type { GetOptions } from './get-document.js';
import { planChecked } from './plan-checked.js';
import { weighOperations } from './weigh-operations.js';

/** Servers and proxies need not look at a body that comes with these. */
const SELDOM_READ = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

/** What a document gives when it is read. */
interface GivenApi extends ApiDescription, DescribedRequests {
  readonly operations: readonly DescribedOperation[];
  readonly spec: string;
  readonly selected: readonly DescribedOperation[];
  readonly signIns: SignInPlans;
  readonly weights: ReadonlyMap<DescribedOperation, number>;
}

/** What a document would say of the requests that the user has written: nobody looks for one. */
export async function describeGiven(
  config: RunConfig,
  { observe }: Pick<GetOptions, 'observe'>,
): Promise<GivenApi> {
  const { list, leftAside } = config.requests ?? { list: [], leftAside: [] };
  const base = baseFrom({ override: config.basePathOverride, wanted: config.basePath }, '');
  const described = describeRequests(list, base);
  const { operations } = described;
  for (const { method, path } of list.filter(({ method: one, body }) => body && SELDOM_READ.has(one))) {
    const message = `${method} ${path} is sent with a body, which many servers do not read.`;
    observe({ kind: 'notice', message: oneLine(message) });
  }
  if (leftAside.length > 0) {
    const keys = leftAside.join(', ');
    const message = `Left aside of the scenario, since its document is not read with --request: ${keys}.`;
    observe({ kind: 'notice', message });
  }
  const asked = selectOperations(operations, config.selection);
  const weights = await weighOperations(asked, operations, config, observe);
  return {
    ...described,
    ...{ spec: '', problems: [], securitySchemes: {} },
    selected: weights.size === 0 ? asked : [...weights.keys()],
    signIns: planChecked(config, {}, operations),
    weights,
  };
}
