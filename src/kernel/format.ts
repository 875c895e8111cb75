/** At least three significant digits, no more decimals than help: `0.71`, `50.3`, `1234`. */
export function formatFigure(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.95) return value.toFixed(0);
  return value.toFixed(size >= 9.995 ? 1 : 2);
}

/** `1 worker`, `4 workers`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** As many decimals as a quota has, two at most: `0.5 cores`, `1 core`. */
export function coresInWords(cores: number): string {
  return plural(Number(cores.toFixed(2)), 'core');
}

const MEBIBYTE = 1024 * 1024;

/** Bytes as mebibytes without a unit, which stands in the column's header. */
export function formatMebibytes(bytes: number): string {
  return (bytes / MEBIBYTE).toFixed(bytes < 10 * MEBIBYTE ? 1 : 0);
}

/** A share, 0 to 1, in per cent. Never rounds up to 100: one failure in a million must show. */
export function percent(rate: number): string {
  const value = 100 * rate;
  if (rate < 1 && value > 99.9) return value >= 99.99 ? '>99.99' : value.toFixed(2);
  return value === 100 ? '100' : value.toFixed(1);
}
