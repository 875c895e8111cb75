/** Which digits of each decade have room for a label, by the length of a decade. */
const DIGITS_BY_DECADE_PX = [
  { decadePx: 400, digits: [1, 1.5, 2, 3, 4, 5, 7] },
  { decadePx: 110, digits: [1, 2, 5] },
  { decadePx: 60, digits: [1, 3] },
  { decadePx: 0, digits: [1] },
];
/** Decades nearer to each other than this are left out, all but every second, third, … */
const LEAST_PX = 24;

/** Round numbers in a range, for an axis on which each tenfold is as long as the next. */
export function logTicks(min: number, max: number, lengthPx: number): number[] {
  if (!(min > 0) || !(max > min)) return [];
  const decadePx = lengthPx / Math.log10(max / min);
  const digits = DIGITS_BY_DECADE_PX.find((row) => decadePx >= row.decadePx)?.digits ?? [1];
  const every = Math.max(1, Math.ceil(LEAST_PX / decadePx));
  const [first, last] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))];
  const ticks: number[] = [];
  for (let decade = first; decade <= last; decade += 1) {
    if (decade % every !== 0) continue;
    ticks.push(...digits.map((digit) => Number(`${digit}e${decade}`)));
  }
  return ticks.filter((tick) => tick >= min && tick <= max);
}
