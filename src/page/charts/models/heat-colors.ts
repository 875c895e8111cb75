/*
 * Cividis: brightness grows evenly and is seen alike by colour-blind eyes (Nuñez, Anderton, Renslow 2018,
 * doi:10.1371/journal.pone.0199239), as matplotlib has it. Thirteen colours of it; straight lines between
 * them stay within 3 % of the whole.
 */
const CIVIDIS = [
  [0, 34, 78],
  [0, 49, 112],
  [42, 63, 109],
  [67, 78, 108],
  [87, 93, 109],
  [106, 108, 113],
  [125, 124, 120],
  [145, 139, 120],
  [165, 156, 116],
  [188, 174, 108],
  [210, 192, 96],
  [233, 211, 78],
  [254, 232, 56],
] as const;

export type Rgb = readonly [red: number, green: number, blue: number];

/** The colour of a share of the scale, 0 to 1. */
export function heatColor(share: number): Rgb {
  const place = Math.min(1, Math.max(0, share)) * (CIVIDIS.length - 1);
  const from = CIVIDIS[Math.floor(place)] ?? CIVIDIS[0];
  const to = CIVIDIS[Math.ceil(place)] ?? from;
  const part = place - Math.floor(place);
  const between = (a: number, b: number): number => Math.round(a + (b - a) * part);
  return [between(from[0], to[0]), between(from[1], to[1]), between(from[2], to[2])];
}

/** Where a count stands on a scale on which each tenfold is as long as the next. */
export function heatShare(count: number, highest: number): number {
  return highest <= 1 ? 1 : Math.log(Math.max(1, count)) / Math.log(highest);
}
