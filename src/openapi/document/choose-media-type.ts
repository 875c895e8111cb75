import { isFileSchema } from './file-schema.js';
import type { Schema } from './schema-at.js';

const RANKS: readonly RegExp[] = [
  // A JSON patch is a list of changes, which no schema of the thing itself describes.
  /^(?!.*json-patch)[^/]+\/([^/]+\+)?json$/,
  /^(\*|application)\/\*$/,
  /^[^/]+\/([^/]+\+)?json$/,
  /^application\/x-www-form-urlencoded$/,
  /^multipart\/form-data$/,
  /^multipart\//,
  /^text\/plain$/,
  /^text\//,
  /^[^/]+\/([^/]+\+)?xml$/,
  /^application\/octet-stream$/,
];

/** The media type of several that is sent: JSON before forms before text before all others. */
export function chooseMediaType(types: readonly string[]): string | undefined {
  let best: { type: string; rank: number } | undefined;
  for (const type of types) {
    const rank = rankOf(type);
    if (!best || rank < best.rank) best = { type, rank };
  }
  return best?.type;
}

function rankOf(type: string): number {
  const essence = (type.split(';', 1)[0] ?? '').trim().toLowerCase();
  const rank = RANKS.findIndex((pattern) => pattern.test(essence));
  return rank < 0 ? RANKS.length : rank;
}

/**
 * A type that can be sent: ranges such as `image/*` are replaced by one that they cover. `schema` is that of the
 * value, where it is known.
 */
export function concreteMediaType(mediaType: string, schema?: Schema): string {
  const essence = (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (!essence.includes('*')) return mediaType;
  const [group = ''] = essence.split('/');
  const inGroup = OF_GROUP.get(group);
  if (inGroup !== undefined) return inGroup;
  if (schema && isFileSchema(schema)) return BYTES;
  if (group !== '*' && group !== 'application') return BYTES;
  return group === '*' && schema?.['type'] === 'string' ? 'text/plain' : 'application/json';
}

const BYTES = 'application/octet-stream';
const OF_GROUP: ReadonlyMap<string, string> = new Map([
  ['text', 'text/plain'],
  ['image', 'image/png'],
  ['audio', 'audio/wav'],
  ['video', 'video/mp4'],
  ['font', 'font/ttf'],
  ['multipart', 'multipart/form-data'],
]);
