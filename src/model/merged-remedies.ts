import type { PreflightResult } from './preflight.js';

/** The order in which people write them. */
const KEYS = ['auth:', 'csrf:', 'headers:', 'body: full', 'values:', 'setup:', 'operations:', 'exclude:'];

/** Key of the scenario file → the lines below it, of all remedies together: as one piece each key stands once. */
export function mergedRemedies(
  results: readonly Pick<PreflightResult, 'remedy'>[],
): ReadonlyMap<string, readonly string[]> {
  const merged = new Map<string, Set<string>>(KEYS.map((key) => [key, new Set()]));
  const said = new Set<string>();
  for (const { remedy } of results) {
    const [key, ...lines] = remedy?.split('\n') ?? [];
    if (key === undefined) continue;
    said.add(key);
    const known = merged.get(key) ?? new Set();
    for (const line of lines) known.add(line);
    merged.set(key, known);
  }
  return new Map([...merged].filter(([key]) => said.has(key)).map(([key, lines]) => [key, [...lines]]));
}
