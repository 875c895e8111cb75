/**
 * Values of successive seconds on so many columns: with fewer seconds than columns each takes several,
 * with more the highest of several is kept, since what matters is where it hurts. `null` = not known.
 */
export function binned(values: readonly (number | null)[], columns: number): (number | null)[] {
  if (values.length === 0) return [];
  return Array.from({ length: columns }, (_, at) => {
    const from = Math.floor((at * values.length) / columns);
    const to = Math.max(from + 1, Math.floor(((at + 1) * values.length) / columns));
    const known = values.slice(from, to).filter((value) => value !== null);
    return known.length === 0 ? null : Math.max(...known);
  });
}
