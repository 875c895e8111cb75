import type { Operation, PreparedOperation } from '../model/request.js';
import type { AskedOperation } from '../analyze/preflight/remedy-for.js';
import { makesMembersOf } from '../openapi/chains/find-collection.js';
import { splitIdName } from '../openapi/chains/nouns.js';
import { placeholderNames } from '../openapi/document/placeholders.js';
import { isKnownKey } from '../openapi/requests/known-keys.js';
import type { Api } from './read-api.js';

/** What the document says of an operation that was asked, as far as it helps to mend its requests. */
export function asked(
  { document, operations }: Pick<Api, 'document' | 'operations'>,
  { operation, origins }: PreparedOperation,
  isRefused: (operation: Operation) => boolean,
): AskedOperation {
  const { method, path } = operation;
  const described = operations.find((one) => one.method === method && one.path === path);
  if (!described) return UNKNOWN;
  const pathNames = placeholderNames(described.template);
  const open = pathNames.filter(
    (name) => !['override', 'data', 'captured'].includes(origins[`path.${name}`] ?? ''),
  );
  const [last] = open;
  // Of several that are not known, those above would have to be known first.
  const maker =
    last === undefined || open.length > 1
      ? undefined
      : operations.find(
          (one) =>
            one.method === 'POST' &&
            makesMembersOf(one, described, last) &&
            placeholderNames(one.template).every((name) => pathNames.includes(name) && name !== last),
        );
  return {
    pathNames,
    openIds: open.map((name) => ({ name, isTelling: !GENERIC.has(splitIdName(name).noun) })),
    maker: maker && !isRefused(maker) ? `POST ${maker.path}` : null,
    schemes: [...new Set(described.security.flat())],
    hasSchemesElsewhere: operations.some(({ security }) => security.flat().length > 0),
    isKnownKey: (key) => isKnownKey(document, described, key),
  };
}

const UNKNOWN: AskedOperation = {
  pathNames: [],
  openIds: [],
  maker: null,
  schemes: [],
  hasSchemesElsewhere: false,
  isKnownKey: () => false,
};

/** What these identify depends on where they stand. */
const GENERIC = new Set(['', 'object', 'resource', 'entity']);
