import type { Adjustment } from '../../model/results/preflight.js';
import type { BuiltOperation } from '../../model/requests/request.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { ValueRule } from '../../model/config/value-rule.js';
import { capturedFor, type CapturedPool, type CapturedValues } from '../../openapi/chains/captured.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { documentedRedirects } from '../../openapi/document/read-answers.js';
import { buildRequests } from '../../openapi/requests/build-request.js';
import type { ChosenCredentials } from '../../openapi/security/choose-credentials.js';
import type { SignInValues } from '../../openapi/security/sign-in-values.js';
import { selectCheck } from '../../openapi/selection/select-check.js';
import { matches } from '../../openapi/selection/select-operations.js';
import { ValueMaker } from '../../openapi/values/value-maker.js';
import { NOT_ADJUSTED } from './adjusted.js';
import type { Adjustments } from './adjustments.js';
import type { Api } from '../document/read-api.js';

/** Says which credentials go with an operation: `Access` those of a sign-in, listing stand-ins. */
export interface Credentials {
  credentialsOf(operation: DescribedOperation): ChosenCredentials;
  /** What an operation that signs in is sent, by key of its values: what is configured for signing in. */
  valuesFor(operation: DescribedOperation): SignInValues;
}

/** What the target has given of itself: in the set-up, and by following chains. */
export interface Gathered {
  readonly pools: readonly CapturedPool[];
  /** By operation; what is here comes before the pools. */
  readonly chained: ReadonlyMap<DescribedOperation, CapturedValues>;
}

const NOTHING_GATHERED: Gathered = { pools: [], chained: new Map() };

/** The requests of the operations that are loaded. */
export function buildSelected(
  context: BuildContext,
  gathered: Gathered = NOTHING_GATHERED,
): readonly BuiltOperation[] {
  const maker = new ValueMaker(context.api.document, context.config);
  return context.api.selected.map((operation) =>
    buildOneSelected({ ...context, maker }, operation, gathered),
  );
}

/** The requests of one of them. */
export function buildOneSelected(
  context: BuildContext,
  operation: DescribedOperation,
  gathered: Gathered,
): BuiltOperation {
  const pooled = capturedFor(operation, gathered.pools);
  const chained = gathered.chained.get(operation);
  return buildAny(context, operation, {
    values: { ...pooled.values, ...chained?.values },
    from: { ...pooled.from, ...chained?.from },
    ...(chained?.ownCount === undefined ? {} : { ownCount: chained.ownCount }),
  });
}

export interface BuildContext {
  readonly config: RunConfig;
  readonly api: Api;
  readonly access: Credentials;
  /** What requests of some operations need to be accepted. */
  readonly adjustments?: Pick<Adjustments, 'of'>;
  /** Made anew unless several operations share one. */
  readonly maker?: ValueMaker;
}

/** The requests of any operation, with values of its own before those of the scenario. */
export function buildAny(
  { config, api, access, maker, adjustments }: BuildContext,
  operation: DescribedOperation,
  captured: CapturedValues,
  values: Readonly<Record<string, ValueRule>> = {},
): BuiltOperation {
  const { credentials, problems } = access.credentialsOf(operation);
  const rules = api.rules.get(operation);
  const { kinds, serial, omitted } = adjustments?.of(operation) ?? NOT_ADJUSTED;
  const isFull = kinds.includes('full-body');
  const built = buildRequests(api.document, operation, {
    ...config,
    ...(rules && { rules }),
    ...(isFull ? { bodyMode: 'full' } : maker && { maker }),
    headers: { ...headersFor(kinds, operation), ...config.headers },
    values: {
      ...serial,
      ...without(omitted),
      ...config.values,
      ...asTheyAre(access.valuesFor(operation)),
      ...values,
    },
    captured: captured.values,
    sentOnce: captured.ownCount,
    credentials,
  });
  const isCaptured = ([key]: readonly [string, string]): boolean => built.origins[key] === 'captured';
  return {
    ...built,
    problems: [...problems, ...built.problems],
    capturedFrom: Object.fromEntries(Object.entries(captured.from).filter(isCaptured)),
    check: selectCheck(operation, {
      expectations: config.expect,
      own: rules?.expect,
      redirects: documentedRedirects(api.document, operation),
    }),
  };
}

function headersFor(
  kinds: readonly Adjustment[],
  { body }: DescribedOperation,
): Readonly<Record<string, string>> {
  const hasType = kinds.includes('content-type') && !body;
  return {
    ...(kinds.includes('any-version') ? { 'if-match': '*' } : {}),
    ...(hasType ? { 'content-type': 'application/json' } : {}),
  };
}

function without(keys: readonly string[]): Readonly<Record<string, ValueRule>> {
  return Object.fromEntries(keys.map((key) => [key, { omit: true }]));
}

/** In a list each stands as it is: a password may well hold `{n}`. */
function asTheyAre(values: SignInValues): Readonly<Record<string, ValueRule>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { oneOf: [value] }]));
}

/** The operations that are called once after each start of the target. */
export function setupOperations({ setup }: RunConfig, { operations }: Api): readonly DescribedOperation[] {
  return setup.flatMap(({ call }) => {
    const operation = operations.find((candidate) => matches(candidate, call));
    return operation ? [operation] : [];
  });
}
