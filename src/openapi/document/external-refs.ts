import { reasonOf } from '../../kernel/errors.js';
import type { DocumentProblem } from '../../model/requests/document-problem.js';
import { externalPlace } from './external-place.js';
import type { OpenApiDocument } from './open-api-document.js';
import { visitPositions } from './visit-positions.js';

/** Where other documents are kept in the one that refers to them, so that pointers reach them. */
const HOME = 'x-external-documents';

interface Part {
  readonly location: string;
  readonly root: unknown;
  /** Where it is in the whole: `#/x-external-documents/0`, or `#` for the document itself. */
  readonly prefix: string;
}

export interface ExternalReading {
  readonly read: (location: string) => Promise<unknown>;
  /** Most other documents that are read. */
  readonly most: number;
}

/**
 * Brings all documents that a document refers to into it, each read once, and turns references to them into
 * pointers. Only files in the document's folder, or for a URL, URLs of its origin are read.
 */
export async function bringExternalRefs(
  document: OpenApiDocument,
  location: string,
  reading: ExternalReading,
): Promise<{ document: OpenApiDocument; problems: readonly DocumentProblem[] }> {
  const externals: unknown[] = [];
  const problems: DocumentProblem[] = [];
  const prefixes = new Map<string, string | null>([[location, '#']]);
  const parts: Part[] = [{ location, root: document, prefix: '#' }];
  const bring = async (address: string, base: string): Promise<string | null> => {
    const found = await externalPlace(address, base, location);
    if (found === null) return null;
    const { place } = found;
    const known = prefixes.get(place);
    if (known !== undefined) return known;
    const part =
      found.whyNot === null
        ? await readPart(place, `#/${HOME}/${externals.length}`, externals.length, reading)
        : problemOf(place, found.whyNot);
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
  { read, most }: ExternalReading,
): Promise<Part | DocumentProblem> {
  if (count >= most)
    return problemOf(
      location,
      `is not read: the document refers to more than ${most} others; --max-external-refs N reads more`,
    );
  try {
    return { location, prefix, root: await read(location) };
  } catch (error) {
    return problemOf(location, reasonOf(error));
  }
}

function problemOf(where: string, message: string): DocumentProblem {
  return { where, message, isSkipped: false };
}

/** Rewrites the references of one part as pointers into the whole. */
async function pointToParts(
  part: Part,
  bring: (address: string, base: string) => Promise<string | null>,
): Promise<void> {
  const references: Record<string, unknown>[] = [];
  visitPositions(part.root, (node) => {
    if (typeof node['$ref'] === 'string') references.push(node);
  });
  for (const node of references) {
    const [address = '', fragment = ''] = String(node['$ref']).split(/#(.*)/s);
    const prefix = address === '' ? part.prefix : await bring(address, part.location);
    if (prefix === null || (prefix === '#' && address === '')) continue;
    if (fragment === '' || fragment.startsWith('/')) node['$ref'] = prefix + fragment;
  }
}
