import type { SerialCandidates } from '../../analyze/preflight/taken-keys.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { schemaOfKey } from '../../openapi/requests/known-keys.js';
import { serialRule, serialRules } from '../../openapi/requests/serial-rules.js';
import { ValueMaker } from '../../openapi/values/value-maker.js';
import { GivenValues } from './given-values.js';
import type { Api } from '../document/read-api.js';

/** For the values that could be others in each request: those of which the user gives one, and those that are open. */
export function serialCandidates(
  config: Pick<RunConfig, 'values' | 'seed' | 'bodyMode'>,
  api: Pick<Api, 'document' | 'rules'>,
  operation: DescribedOperation,
): SerialCandidates {
  const said = new GivenValues(config, api);
  const maker = new ValueMaker(api.document, config);
  const rules = [...serialRules(api.document, operation, maker)];
  const given = rules.flatMap(([key]): [string, string][] => {
    const schema = schemaOfKey(api.document, operation, key);
    const rule = serialRule(api.document, schema, said.onlyOne(operation, key));
    return rule === undefined ? [] : [[key, rule]];
  });
  return {
    given: Object.fromEntries(given),
    open: Object.fromEntries(rules.filter(([key]) => !said.has(operation, key))),
  };
}
