/** To so many significant digits, which is all that a chart shows. */
export function rounded(value: number, digits = 4): number {
  return Number(value.toPrecision(digits));
}

/** As `rounded`, but never above the value: of a lower bound, and of a share that must not become whole. */
export function roundedDown(value: number, digits = 4): number {
  const near = rounded(value, digits);
  if (near <= value) return near;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - digits);
  return rounded(near - step, digits);
}
