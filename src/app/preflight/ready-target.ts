import type { BuiltOperation } from '../../model/requests/request.js';
import type { Access } from '../access/access.js';
import { journeysTaken } from '../../model/config/journeys.js';
import { buildJourneys, type BuiltJourneys } from '../requests/build-journeys.js';
import { followChains } from '../requests/follow-chains.js';
import { sendable } from '../requests/sendable-over-http2.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { needsLogin } from '../../openapi/security/plan-sign-ins.js';
import { matches } from '../../openapi/selection/select-operations.js';
import type { SetupStep } from '../../model/config/setup-step.js';
import { buildSelected, buildOneSelected, setupOperations } from '../requests/build-requests.js';
import type { Api } from '../document/read-api.js';
import { readSignedIn } from './read-signed-in.js';
import { NOTHING_MADE, runSetup, type SetupOptions } from '../requests/run-setup.js';

export interface ReadyOptions extends Omit<SetupOptions, 'api' | 'access'> {
  readonly access: Access;
  /** How many members are made for an operation that deletes; 0 = nothing is made. */
  readonly ownMembers: (api: Api) => number;
  /** Undefined when the document has not been read yet. */
  readonly known: Api | undefined;
  /** Told of the document before anything is sent on account of it; may refuse. */
  readonly check?: (api: Api) => void;
}

/** What a started target is to be loaded with. */
export interface Readied {
  readonly api: Api;
  /** The requests, with the credentials that are valid now: to be asked for again when these were renewed. */
  readonly build: () => readonly BuiltOperation[];
  /** The same for one of them. */
  readonly rebuild: (operation: DescribedOperation) => BuiltOperation;
  /** Those of journeys; undefined where the load takes none. */
  readonly buildJourneys: () => BuiltJourneys | undefined;
}

/**
 * Brings a target that has just been started to where load can begin, outside every measured window: reads its
 * document unless that is known, signs in, sends what the scenario wants sent first, and builds the requests. To be done
 * again after each start: ids and tokens do not outlive the target.
 */
export async function readyTarget(options: ReadyOptions): Promise<Readied> {
  const { access, adjustments, config, target } = options;
  const api = options.known ?? (await readSignedIn(options));
  options.check?.(api);
  const { early, others } = setupSteps(config, api);
  let outcome = NOTHING_MADE;
  await access.signIn(api, target, [...api.selected, ...setupOperations(config, api)], async () => {
    options.leave(api, []);
    outcome = await runSetup({ ...options, api }, early, outcome);
  });
  outcome = await runSetup({ ...options, api }, others, outcome);
  const gathered = {
    pools: outcome.pools,
    chained: await followChains({ ...options, api, ownMembers: options.ownMembers(api) }, outcome),
  };
  adjustments.tell(options.observe);
  const context = { config, api, access, adjustments };
  const journeys = journeysTaken(config);
  return {
    api,
    build: () => sendable(config, buildSelected(context, gathered)),
    rebuild: (operation) => buildOneSelected(context, operation, gathered),
    buildJourneys: () => (journeys === null ? undefined : buildJourneys(context, journeys, gathered)),
  };
}

/** The first ones that need no session may be what makes its account: they go before signing in. */
function setupSteps(
  { setup }: ReadyOptions['config'],
  api: Api,
): { readonly early: readonly SetupStep[]; readonly others: readonly SetupStep[] } {
  const waits = ({ call }: SetupStep): boolean => {
    const operation = api.operations.find((candidate) => matches(candidate, call));
    return operation !== undefined && needsLogin(operation, api.signIns);
  };
  const first = setup.findIndex(waits);
  const count = first < 0 ? setup.length : first;
  return { early: setup.slice(0, count), others: setup.slice(count) };
}
