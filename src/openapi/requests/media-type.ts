import { concreteMediaType } from '../document/choose-media-type.js';

/** What a body of a media type is written as. */
export type BodyFormat = 'json' | 'json-lines' | 'urlencoded' | 'multipart' | 'xml' | 'text' | 'bytes';

/** In this order: the first pattern that a media type fits decides. */
const FORMATS: readonly (readonly [RegExp, BodyFormat])[] = [
  [/^(application|text)\/(x-)?(ndjson|jsonl|json-lines|jsonlines|([^/]+\+)?json-seq)$/, 'json-lines'],
  [/^[^/]+\/([^/]+\+)?json$/, 'json'],
  // JSON is YAML, too.
  [/^[^/]+\/((x-)?yaml|[^/]+\+yaml)$/, 'json'],
  [/^application\/x-www-form-urlencoded$/, 'urlencoded'],
  [/^multipart\//, 'multipart'],
  [/^(application|text)\/xml$|\+xml$/, 'xml'],
  [/^text\/|^application\/(javascript|graphql|sql|x-sh)$/, 'text'],
  [/^(image|audio|video|font|model)\/|^application\//, 'bytes'],
];

/** The format of a media type without wildcards. */
export function formatOf(contentType: string): BodyFormat {
  const essence = essenceOf(contentType);
  return FORMATS.find(([pattern]) => pattern.test(essence))?.[1] ?? 'bytes';
}

/** A media type that can be sent: the first of a list, ranges such as `image/*` replaced by one of their types. */
export function concreteType(contentType: string): string {
  const first = concreteMediaType(contentType.split(',')[0]?.trim() ?? '');
  return /^[\x21-\x7e][\x20-\x7e]*\/[\x20-\x7e]+$/.test(first) ? first : 'application/octet-stream';
}

function essenceOf(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}
