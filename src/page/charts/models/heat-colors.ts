/*
 * Cividis: brightness grows evenly and is seen alike by colour-blind eyes (Nuñez, Anderton, Renslow 2018,
 * doi:10.1371/journal.pone.0199239). Nine colours of it; between them it is straight within 1 %.
 */
const CIVIDIS = [
  [0, 34, 78],
  [18, 53, 112],
  [59, 73, 108],
  [87, 93, 109],
  [112, 113, 115],
  [138, 134, 120],
  [166, 157, 117],
  [196, 181, 108],
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
