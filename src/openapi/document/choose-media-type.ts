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

/** A type that can be sent: ranges of types cannot. `type` is that of the schema. */
export function concreteMediaType(mediaType: string, type: unknown): string {
  if (!mediaType.includes('*')) return mediaType;
  if (mediaType.startsWith('text/')) return 'text/plain';
  if (!/^(\*|application)\//.test(mediaType)) return 'application/octet-stream';
  return type === 'string' && !mediaType.startsWith('application/') ? 'text/plain' : 'application/json';
}
