import type { PreparedOperation, RequestBlueprint } from '../model/request.js';
import type { RunConfig } from '../model/run-config.js';
import { prepareOperation } from '../openapi/requests/build-request.js';
import { selectCheck } from '../openapi/selection/select-check.js';
import { matches } from '../openapi/selection/select-operations.js';
import { ValueMaker } from '../openapi/values/value-maker.js';
import type { Api } from './read-api.js';

/** The requests of the operations that are loaded. */
export function prepareLoad(config: RunConfig, api: Api): readonly PreparedOperation[] {
  const maker = new ValueMaker(api.document, config);
  return api.selected.map((operation) => {
    const rules = api.rules.get(operation);
    return {
      ...prepareOperation(api.document, operation, { ...config, ...(rules && { rules }), maker }),
      check: selectCheck(operation, config.expect, rules?.expect),
    };
  });
}

/** The requests that are sent once after each start of the target. */
export function prepareSetup(config: RunConfig, api: Api): readonly RequestBlueprint[] {
  return config.setup.flatMap((selector) => {
    const operation = api.operations.find((candidate) => matches(candidate, selector));
    if (!operation) return [];
    const rules = api.rules.get(operation);
    const options = { ...config, ...(rules && { rules }), variants: 1 };
    return prepareOperation(api.document, operation, options).blueprints.slice(0, 1);
  });
}
