import type { PreparedOperation, RequestBlueprint } from '../model/request.js';
import type { RunConfig } from '../model/run-config.js';
import type { DescribedOperation } from '../openapi/document/described-operation.js';
import { prepareOperation } from '../openapi/requests/build-request.js';
import type { ChosenCredentials } from '../openapi/security/choose-credentials.js';
import { selectCheck } from '../openapi/selection/select-check.js';
import { matches } from '../openapi/selection/select-operations.js';
import type { Api } from './read-api.js';

/** Says which credentials go with an operation: `Access` those of a sign-in, listing stand-ins. */
export interface Credentials {
  credentialsOf(operation: DescribedOperation): ChosenCredentials;
}

/** The requests of the operations that are loaded. */
export function prepareLoad(
  config: RunConfig,
  { document, selected }: Api,
  access: Credentials,
): readonly PreparedOperation[] {
  return selected.map((operation) => {
    const { credentials, problems } = access.credentialsOf(operation);
    const prepared = prepareOperation(document, operation, { ...config, credentials });
    return {
      ...prepared,
      problems: [...problems, ...prepared.problems],
      check: selectCheck(operation, config.expect),
    };
  });
}

/** The operations that are called once after each start of the target. */
export function setupOperations({ setup }: RunConfig, { operations }: Api): readonly DescribedOperation[] {
  return setup.flatMap((selector) => {
    const operation = operations.find((candidate) => matches(candidate, selector));
    return operation ? [operation] : [];
  });
}

/** Their requests. */
export function prepareSetup(config: RunConfig, api: Api, access: Credentials): readonly RequestBlueprint[] {
  return setupOperations(config, api).flatMap((operation) => {
    const { credentials } = access.credentialsOf(operation);
    return prepareOperation(api.document, operation, { ...config, credentials }).blueprints.slice(0, 1);
  });
}
