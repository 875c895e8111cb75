import { dirname, resolve } from 'node:path';
import { reasonOf } from '../../kernel/errors.js';
import type { DocumentProblem } from '../../model/document-problem.js';
import type { OpenApiDocument } from './open-api-document.js';
import { isUrl, STANDARD_INPUT } from './read-text.js';
import { visitPositions } from './visit-positions.js';

/** A large API keeps each path and each schema in a file of its own. */
const MOST_PARTS = 5000;
/** Where other documents are kept in the one that refers to them, so that pointers reach them. */
const HOME = 'x-external-documents';

interface Part {
  readonly location: string;
  readonly root: unknown;
  /** Where it is in the whole: `#/x-external-documents/0`, or `#` for the document itself. */
  readonly prefix: string;
}

/**
 * Brings all documents that a document refers to into it, each read once, and turns references to them into
 * pointers. Only files relative to a file and URLs of the same origin as a URL are read.
 */
export async function bringExternalRefs(
  document: OpenApiDocument,
  location: string,
  read: (location: string) => Promise<unknown>,
): Promise<{ document: OpenApiDocument; problems: readonly DocumentProblem[] }> {
  const externals: unknown[] = [];
  const problems: DocumentProblem[] = [];
  const prefixes = new Map<string, string | null>([[location, '#']]);
  const parts: Part[] = [{ location, root: document, prefix: '#' }];
  const bring = async (place: string): Promise<string | null> => {
    const known = prefixes.get(place);
    if (known !== undefined) return known;
    const part = await readPart(place, `#/${HOME}/${externals.length}`, externals.length, read);
    prefixes.set(place, 'root' in part ? part.prefix : null);
    if (!('root' in part)) {
      problems.push(part);
      return null;
    }
    externals.push(part.root);
    parts.push(part);
    return part.prefix;
  };
  for (let part = parts.shift(); part; part = parts.shift()) await pointToParts(part, bring);
  return { document: externals.length === 0 ? document : { ...document, [HOME]: externals }, problems };
}

async function readPart(
  location: string,
  prefix: string,
  count: number,
  read: (location: string) => Promise<unknown>,
): Promise<Part | DocumentProblem> {
  const problem = (message: string): DocumentProblem => ({ where: location, message, isSkipped: false });
  if (count >= MOST_PARTS)
    return problem(`is not read: the document refers to more than ${MOST_PARTS} others`);
  try {
    return { location, prefix, root: await read(location) };
  } catch (error) {
    return problem(reasonOf(error));
  }
}

/** Rewrites the references of one part as pointers into the whole. */
async function pointToParts(part: Part, bring: (location: string) => Promise<string | null>): Promise<void> {
  const references: Record<string, unknown>[] = [];
  visitPositions(part.root, (node) => {
    if (typeof node['$ref'] === 'string') references.push(node);
  });
  for (const node of references) {
    const [address = '', fragment = ''] = String(node['$ref']).split(/#(.*)/s);
    const location = address === '' ? part.location : placeOf(address, part.location);
    const prefix = location === null ? null : address === '' ? part.prefix : await bring(location);
    if (prefix === null || (prefix === '#' && address === '')) continue;
    if (fragment === '' || fragment.startsWith('/')) node['$ref'] = prefix + fragment;
  }
}

/** The address of a reference, or null when it is not to be followed from there. */
function placeOf(address: string, base: string): string | null {
  if (isUrl(base)) {
    if (!URL.canParse(address, base)) return null;
    const url = new URL(address, base);
    return url.origin === new URL(base).origin ? url.href : null;
  }
  if (base === STANDARD_INPUT || /^([a-z][a-z0-9+.-]*:|[/\\])/i.test(address)) return null;
  return resolve(dirname(base), decoded(address));
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
