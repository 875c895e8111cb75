/** `2026-01-15 12:00 UTC`. */
export function momentOf(isoDate: string): string {
  return `${isoDate.slice(0, 10)} ${isoDate.slice(11, 16)} UTC`;
}
