import type { PreflightResult } from '../results/preflight.js';

/** How they begin, in the order in which people write them. */
const KEYS = ['basePath:', 'auth:', 'csrf:', 'headers:', 'values:', 'setup:', 'operations:', 'exclude:'];

/** Key of the scenario file → the lines below it, of all remedies together: as one piece each key stands once. */
export function mergedRemedies(
  results: readonly Pick<PreflightResult, 'remedy'>[],
): ReadonlyMap<string, readonly string[]> {
  const merged = new Map<string, Set<string>>();
  for (const { remedy } of results) {
    const [key, ...lines] = remedy?.split('\n') ?? [];
    if (key === undefined) continue;
    const known = merged.get(key) ?? new Set();
    for (const line of lines) known.add(line);
    merged.set(key, known);
  }
  return new Map(
    [...merged]
      .sort(([a], [b]) => rankOf(a) - rankOf(b))
      .map(([key, lines]): [string, string[]] => [key, [...lines]]),
  );
}

function rankOf(key: string): number {
  const rank = KEYS.findIndex((known) => key.startsWith(known));
  return rank < 0 ? KEYS.length : rank;
}
