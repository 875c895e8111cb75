import type { AuthInput } from '../../model/config/auth.js';
import type { PreflightState } from '../../model/results/preflight.js';
import type { Operation, BuiltOperation } from '../../model/requests/request.js';
import type { AskedOperation, AskedScheme } from '../../analyze/preflight/remedy-for.js';
import type { SerialCandidates } from '../../analyze/preflight/taken-keys.js';
import { makesMembersOf } from '../../openapi/chains/find-collection.js';
import { splitIdName } from '../../openapi/chains/nouns.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { placeholderNames } from '../../openapi/document/placeholders.js';
import { likelySchema } from '../../openapi/requests/fields-at.js';
import { isKnownKey } from '../../openapi/requests/known-keys.js';
import { findLogin } from '../../openapi/security/find-login.js';
import { EVERY_OPERATION } from '../../openapi/security/sign-in-plan.js';
import { suggestSignIn } from '../../openapi/security/suggest-sign-in.js';
import type { Api } from '../document/read-api.js';

type AskedApi = Pick<Api, 'document' | 'operations' | 'securitySchemes' | 'signIns'>;

/** What came of the others that were asked. */
export interface AskedOthers {
  readonly stateOf: (operation: Operation) => PreflightState | undefined;
  readonly hasGivenToken: (operation: Operation) => boolean;
  readonly serialCandidates: (operation: DescribedOperation) => SerialCandidates;
}

/** What the document says of operations that were asked, as far as it helps to mend their requests. */
export class AskedOperations {
  /** By scheme; each is looked for once. */
  private readonly suggestions = new Map<string, AuthInput | null>();
  private readonly login: DescribedOperation | undefined;
  private readonly configured: ReadonlySet<string>;

  constructor(
    private readonly api: AskedApi,
    private readonly others: AskedOthers,
  ) {
    this.login = findLogin(api.document, api.operations, others.hasGivenToken)?.operation;
    this.configured = new Set(api.signIns.schemes.map(({ scheme }) => scheme));
  }

  known({ operation, origins }: BuiltOperation): AskedOperation {
    const { document, operations } = this.api;
    const { method, path } = operation;
    const described = operations.find((one) => one.method === method && one.path === path);
    if (!described) return UNKNOWN;
    const pathNames = placeholderNames(described.template);
    const open = pathNames.filter(
      (name) => !['override', 'serial', 'data', 'captured'].includes(origins[`path.${name}`] ?? ''),
    );
    const maker = makerOf(described, open, operations);
    const makerState = maker && this.others.stateOf(maker);
    const isConfigured = (scheme: string): boolean => this.configured.has(scheme);
    return {
      pathNames,
      openIds: open.map((name) => ({
        name,
        isTelling: !GENERIC.has(splitIdName(name).noun),
        isNumber: this.isNumber(described, name),
      })),
      maker: maker && (makerState === undefined || makerState === 'ok') ? `POST ${maker.path}` : null,
      makerSchemes: maker && makerState === 'missing-auth' ? this.schemesOf(maker) : [],
      schemes: this.schemesOf(described),
      isSignedIn:
        isConfigured(EVERY_OPERATION) ||
        described.security.some((needed) => needed.length > 0 && needed.every(isConfigured)),
      hasSchemesElsewhere: operations.some(({ security }) => security.flat().length > 0),
      signsInFor: described === this.login ? this.openSchemes() : [],
      signInForAll: this.signInFor(EVERY_OPERATION),
      isKnownKey: (key) => isKnownKey(document, described, key),
      serialCandidates: () => this.others.serialCandidates(described),
    };
  }

  /** Those that the login opens and nothing is configured for. */
  private openSchemes(): readonly AskedScheme[] {
    const named = Object.keys(this.api.securitySchemes).filter((name) => !this.configured.has(name));
    const names = named.length > 0 || this.configured.size > 0 ? named : [EVERY_OPERATION];
    const schemes = names.map((name) => ({ name, signIn: this.signInFor(name), key: null }));
    return schemes.filter(({ signIn }) => signIn !== null);
  }

  private schemesOf({ security }: DescribedOperation): readonly AskedScheme[] {
    const names = [...new Set(security.flat())].filter((name) => !this.configured.has(name));
    return names.map((name) => {
      const scheme = this.api.securitySchemes[name];
      return { name, signIn: this.signInFor(name), key: scheme?.kind === 'api-key' ? scheme.name : null };
    });
  }

  private signInFor(name: string): AuthInput | null {
    const known = this.suggestions.get(name);
    if (known !== undefined) return known;
    const { document, operations, securitySchemes } = this.api;
    const sources = { document, operations, hasGivenToken: this.others.hasGivenToken };
    const isNamed = Object.hasOwn(securitySchemes, name);
    const found =
      name === EVERY_OPERATION || isNamed ? suggestSignIn(securitySchemes[name], sources) : undefined;
    this.suggestions.set(name, found ?? null);
    return found ?? null;
  }

  private isNumber({ parameters }: DescribedOperation, name: string): boolean {
    const parameter = parameters.find((one) => one.place === 'path' && one.name === name);
    const { type } = likelySchema(this.api.document, parameter?.schema);
    return [type].flat().some((one) => one === 'integer' || one === 'number');
  }
}

/** Of several ids that are not known, those above would have to be known first. */
function makerOf(
  described: DescribedOperation,
  open: readonly string[],
  operations: readonly DescribedOperation[],
): DescribedOperation | undefined {
  const [last] = open;
  if (last === undefined || open.length > 1) return undefined;
  const pathNames = placeholderNames(described.template);
  return operations.find(
    (one) =>
      one.method === 'POST' &&
      makesMembersOf(one, described, last) &&
      placeholderNames(one.template).every((name) => pathNames.includes(name) && name !== last),
  );
}

const UNKNOWN: AskedOperation = {
  pathNames: [],
  openIds: [],
  maker: null,
  makerSchemes: [],
  schemes: [],
  isSignedIn: false,
  hasSchemesElsewhere: false,
  signsInFor: [],
  signInForAll: null,
  isKnownKey: () => false,
  serialCandidates: () => ({ given: {}, open: {} }),
};

/** What these identify depends on where they stand. */
const GENERIC = new Set(['', 'object', 'resource', 'entity']);
