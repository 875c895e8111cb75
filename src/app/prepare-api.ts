import type { PreparedOperation, RequestBlueprint } from '../model/request.js';
import type { RunConfig } from '../model/run-config.js';
import { prepareOperation } from '../openapi/requests/build-request.js';
import { selectCheck } from '../openapi/selection/select-check.js';
import { matches } from '../openapi/selection/select-operations.js';
import type { Api } from './read-api.js';

/** The requests of the operations that are loaded. */
export function prepareLoad(config: RunConfig, { document, selected }: Api): readonly PreparedOperation[] {
  return selected.map((operation) => ({
    ...prepareOperation(document, operation, config),
    check: selectCheck(operation, config.expect),
  }));
}

/** The requests that are sent once after each start of the target. */
export function prepareSetup(config: RunConfig, { document, operations }: Api): readonly RequestBlueprint[] {
  return config.setup.flatMap((selector) => {
    const operation = operations.find((candidate) => matches(candidate, selector));
    return operation ? prepareOperation(document, operation, config).blueprints.slice(0, 1) : [];
  });
}
