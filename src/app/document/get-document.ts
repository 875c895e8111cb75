import { resolve } from 'node:path';
import { isOnTarget } from '../../config/spec-location.js';
import { systemClock as clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import { plural } from '../../kernel/format.js';
import { oneLine } from '../../kernel/text.js';
import { fetchElsewhere } from '../../load/transport/fetch-through.js';
import type { Fetch } from '../../model/requests/fetch.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { DEFAULT_PLACE } from '../../openapi/discovery/usual-places.js';
import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../../openapi/document/open-api-document.js';
import {
  loadDocument,
  withReferences,
  type LoadedDocument,
  type LoadOptions,
} from '../../openapi/document/load-document.js';
import { isUrl, STANDARD_INPUT } from '../../openapi/document/read-text.js';
import type { Target } from '../../target/target.js';
import { fetchDocument, hasReadyCredentials, type DocumentFetch } from './fetch-document.js';
import { fetcherOf } from '../target/fetcher-of.js';
import { findDocument, type FoundDocument } from './find-document.js';
import type { Observer } from '../../model/live/run-events.js';

export interface GetOptions {
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

export interface GotDocument extends LoadedDocument {
  /** Where it is: a path on the target, a URL, a file, or `-`. */
  readonly spec: string;
}

/** The document that the configuration names, or that is found on the target where it names none. */
export async function getDocument(
  config: RunConfig,
  target: Target | undefined,
  { observe, signal }: GetOptions,
): Promise<GotDocument> {
  const fetcher = fetcherOf(config, clock);
  try {
    const origin = target?.origin ?? targetOrigin(config);
    const refusals = new Set<string>();
    const ask: Fetch = async (...asked) => {
      const answer = await (target ?? fetcher).fetch(...asked);
      if (answer.status === 401 || answer.status === 403) refusals.add(asked[0]);
      return answer;
    };
    const known = origin === null ? null : { origin, fetch: ask };
    const fetch = fetchDocument({ config, target: known, elsewhere: fetchElsewhere });
    const load = { signal, fetch, maxExternalRefs: config.maxExternalRefs };
    const got = await plainly(config, origin ?? '', load, observe);
    const isOfTarget = known !== null && got.location.startsWith(`${known.origin}/`);
    // Refused without credentials, it has been read with them.
    if (!isOfTarget || refusals.size > 0 || !hasReadyCredentials(config.auth)) return got;
    const signedIn = fetchDocument({ config, target: known, elsewhere: fetchElsewhere, signsInFirst: true });
    return await larger(got, { ...load, fetch: signedIn });
  } finally {
    await fetcher.close();
  }
}

/** With credentials only where the target refuses it without. */
async function plainly(
  config: RunConfig,
  origin: string,
  load: LoadOptions & { readonly fetch: DocumentFetch; readonly signal: AbortSignal },
  observe: Observer,
): Promise<GotDocument> {
  const { spec } = config;
  if (spec !== null) {
    const [first, atRoot] = locationsOf(config, spec, origin);
    if (atRoot === undefined) return { spec, ...(await loadDocument(first, load)) };
    try {
      return { spec: pathOf(first), ...(await loadDocument(first, load)) };
    } catch (error) {
      if (!(error instanceof UserError) || load.signal.aborted) throw error;
      return { spec, ...(await loadDocument(atRoot, load)) };
    }
  }
  const found = await findDocument({ origin, basePath: config.basePath }, load.fetch, load.signal);
  noteFound(found, observe);
  const loaded = await withReferences(found.document, found.url, load);
  return { spec: pathOf(found.url), ...loaded };
}

/** Some servers show more of their document to those who are signed in. */
async function larger(got: GotDocument, load: LoadOptions): Promise<GotDocument> {
  try {
    const other = await loadDocument(got.location, load);
    return countOperations(other.document) > countOperations(got.document) ? { ...got, ...other } : got;
  } catch (error) {
    // What reads without credentials is good enough.
    if (error instanceof UserError) return got;
    throw error;
  }
}

/** How much a document says. */
export function countOperations({ paths }: OpenApiDocument): number {
  return Object.values(paths as object).reduce(
    (sum: number, item: unknown) => sum + (isObject(item) ? Object.keys(item).length : 0),
    0,
  );
}

/** Of a target that is not at hand: the one that is named, or where none is, the place of the document itself. */
function targetOrigin({ target, spec }: RunConfig): string | null {
  if (target.kind === 'url') return target.url;
  return target.words.length === 0 && spec !== null && isUrl(spec) ? new URL(spec).origin : null;
}

/** Where the document may be: with a base path below it, else at the root of the server. */
function locationsOf(
  { folder, basePath }: RunConfig,
  spec: string,
  origin: string,
): readonly [string, string?] {
  if (isUrl(spec) || spec === STANDARD_INPUT) return [spec];
  if (!isOnTarget(spec)) return [resolve(folder, spec)];
  const atRoot = origin + spec;
  return basePath === '' || spec.startsWith(`${basePath}/`) ? [atRoot] : [origin + basePath + spec, atRoot];
}

function noteFound({ url, document, others }: FoundDocument, observe: Observer): void {
  const place = pathOf(url);
  if (place === DEFAULT_PLACE && others.length === 0) return;
  const size = plural(Object.keys(document['paths'] as object).length, 'path');
  const rest =
    others.length === 0
      ? ''
      : ` Other documents are at ${others.join(', ')}: name the one that you mean with --spec.`;
  observe({ kind: 'notice', message: oneLine(`The OpenAPI document is at ${place} (${size}).${rest}`) });
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
