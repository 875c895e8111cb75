import type { Credential } from '../../model/requests/request.js';
import type { DescribedOperation } from '../document/described-operation.js';
import { variableOf } from '../../model/config/auth.js';
import { EVERY_OPERATION } from './sign-in-plan.js';

/** What each configured scheme gives, by the document's name of it, or EVERY_OPERATION. */
export interface SchemeCredentials {
  readonly scheme: string;
  readonly credentials: readonly Credential[];
}

export interface ChosenCredentials {
  readonly credentials: readonly Credential[];
  /** Why the operation may be refused. */
  readonly problems: readonly string[];
}

/**
 * The credentials of an operation: of all configured schemes that its security names in any alternative, since
 * FastAPI publishes two that are both needed as alternatives (fastapi#2835). Of two that would take the same
 * place, the one of the first alternative that can be fulfilled goes.
 */
export function chooseCredentials(
  { security }: Pick<DescribedOperation, 'security'>,
  configured: readonly SchemeCredentials[],
): ChosenCredentials {
  const isConfigured = (scheme: string): boolean => configured.some((one) => one.scheme === scheme);
  const fulfilled = security.find((alternative) => alternative.every(isConfigured));
  const wanted = [...new Set([...(fulfilled ?? []), ...security.flat(), EVERY_OPERATION])];
  const credentials = wanted.flatMap((scheme) =>
    configured.filter((one) => one.scheme === scheme).flatMap((one) => one.credentials),
  );
  const missing =
    security.length === 0 || fulfilled
      ? []
      : [...new Set(security.flat())].filter((scheme) => !isConfigured(scheme));
  return {
    credentials: firstOfEachPlace(credentials),
    problems: missing.map(
      (scheme) =>
        `needs ${scheme}, which is not configured: set ${variableOf(scheme)} or auth: in the scenario file`,
    ),
  };
}

function firstOfEachPlace(credentials: readonly Credential[]): Credential[] {
  const byPlace = new Map<string, Credential>();
  for (const credential of credentials) {
    const { place, name } = credential;
    const key = `${place} ${place === 'header' ? name.toLowerCase() : name}`;
    if (!byPlace.has(key)) byPlace.set(key, credential);
  }
  return [...byPlace.values()];
}
