import type { PreparedOperation } from '../model/request.js';
import type { RunConfig } from '../model/run-config.js';
import type { ValueRule } from '../model/value-rule.js';
import { capturedFor, type CapturedPool, type CapturedValues } from '../openapi/chains/captured.js';
import type { DescribedOperation } from '../openapi/document/described-operation.js';
import { prepareOperation } from '../openapi/requests/build-request.js';
import { selectCheck } from '../openapi/selection/select-check.js';
import type { Api } from './read-api.js';

/** What the target has given of itself: in the set-up, and by following chains. */
export interface Gathered {
  readonly pools: readonly CapturedPool[];
  /** By operation; what is here comes before the pools. */
  readonly chained: ReadonlyMap<DescribedOperation, CapturedValues>;
}

const NOTHING_GATHERED: Gathered = { pools: [], chained: new Map() };

/** The requests of the operations that are loaded. */
export function prepareLoad(
  config: RunConfig,
  api: Api,
  gathered: Gathered = NOTHING_GATHERED,
): readonly PreparedOperation[] {
  return api.selected.map((operation) => {
    const pooled = capturedFor(operation, gathered.pools);
    const chained = gathered.chained.get(operation);
    return prepareOne(config, api, operation, {
      values: { ...pooled.values, ...chained?.values },
      from: { ...pooled.from, ...chained?.from },
    });
  });
}

/** The requests of any operation, with values of its own before those of the scenario. */
export function prepareOne(
  config: RunConfig,
  { document }: Api,
  operation: DescribedOperation,
  captured: CapturedValues,
  values: Readonly<Record<string, ValueRule>> = {},
): PreparedOperation {
  const options = { ...config, values: { ...config.values, ...values }, captured: captured.values };
  const prepared = prepareOperation(document, operation, options);
  const isCaptured = ([key]: readonly [string, string]): boolean => prepared.origins[key] === 'captured';
  return {
    ...prepared,
    capturedFrom: Object.fromEntries(Object.entries(captured.from).filter(isCaptured)),
    check: selectCheck(operation, config.expect),
  };
}
