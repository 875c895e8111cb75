import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { codeOf } from '../../kernel/errors.js';
import { isUrl, STANDARD_INPUT } from './read-text.js';

interface ExternalPlace {
  /** A URL, or a path without links. */
  readonly place: string;
  /** Why it may not be read; null = it may. */
  readonly whyNot: string | null;
}

/**
 * Where the address of a reference leads: `base` is the document that it stands in, `start` the one that all began with. Null
 * for an address that is followed from nowhere: another origin, an absolute path, a document from standard input.
 */
export async function externalPlace(
  address: string,
  base: string,
  start: string,
): Promise<ExternalPlace | null> {
  if (isUrl(base)) return onSameOrigin(address, base);
  if (base === STANDARD_INPUT || /^([a-z][a-z0-9+.-]*:|[/\\])/i.test(address)) return null;
  return inFolder(resolve(dirname(base), decoded(address)), dirname(resolve(start)));
}

function onSameOrigin(address: string, base: string): ExternalPlace | null {
  if (!URL.canParse(address, base)) return null;
  const url = new URL(address, base);
  return url.origin === new URL(base).origin ? { place: url.href, whyNot: null } : null;
}

/** Checked on the decoded path, and on the file that its links lead to: a document must not choose what else is read. */
async function inFolder(path: string, folder: string): Promise<ExternalPlace> {
  const outside = `is not read: it is outside ${folder}, the folder of the document; copy it there and refer to the copy`;
  if (!isInside(path, folder)) return { place: path, whyNot: outside };
  try {
    const place = await realpath(path);
    return { place, whyNot: isInside(place, await realpath(folder)) ? null : outside };
  } catch (error) {
    // Whoever reads it says so better.
    if (codeOf(error) === 'ENOENT') return { place: path, whyNot: null };
    return { place: path, whyNot: `is not read: ${codeOf(error) ?? 'it is no path'}` };
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
