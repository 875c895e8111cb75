/** To so many significant digits, which is all that a chart shows. */
export function rounded(value: number, digits = 4): number {
  const decimals = digits - 1 - Math.floor(Math.log10(Math.abs(value)));
  // Powers of ten are exact so far; 0 and what is not finite are beyond.
  if (!(Math.abs(decimals) <= 22)) return Number(value.toPrecision(digits));
  // Not by way of text, which takes twice as long: a large report holds hundreds of thousands of figures.
  const scale = 10 ** Math.abs(decimals);
  return decimals >= 0 ? Math.round(value * scale) / scale : Math.round(value / scale) * scale;
}

/** As `rounded`, but never above the value: of a lower bound, and of a share that must not become whole. */
export function roundedDown(value: number, digits = 4): number {
  const near = rounded(value, digits);
  if (near <= value) return near;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - digits);
  return rounded(near - step, digits);
}
