/** Shares of the height, 0 to 1, two for each column; `null` leaves a gap. */
export interface PlotSeries {
  readonly shares: readonly (number | null)[];
  /** An area is filled down to the bottom: beside a line it can be told from it without colour. */
  readonly shape: 'area' | 'line';
}

const BRAILLE = 0x2800;
/** Bits of the dots of a character, from the bottom up, of its left and of its right column. */
const DOTS = [
  [0x40, 0x04, 0x02, 0x01],
  [0x80, 0x20, 0x10, 0x08],
] as const;
const DOTS_HIGH = 4;

/** Lines from the top to the bottom. */
export function braillePlot(series: readonly PlotSeries[], columns: number, rows: number): string[] {
  const cells = Array.from({ length: rows }, () => new Uint8Array(columns));
  for (const { shares, shape } of series) {
    let before: number | null = null;
    for (const [x, share] of shares.entries()) {
      const y = share === null ? null : Math.round(share * (rows * DOTS_HIGH - 1));
      if (y !== null) fillDots(cells, x, shape === 'area' ? 0 : lineStart(y, before), y);
      before = y;
    }
  }
  return cells.map((row) => row.reduce((line, dots) => line + dotsText(dots), '').trimEnd()).toReversed();
}

/** Without dots a blank, which can be cut off at the end of a line. */
function dotsText(dots: number): string {
  return dots === 0 ? ' ' : String.fromCharCode(BRAILLE + dots);
}

/** A line goes up or down to its next value without a gap. */
function lineStart(y: number, before: number | null): number {
  if (before === null || before === y) return y;
  return before < y ? before + 1 : before - 1;
}

function fillDots(cells: readonly Uint8Array[], x: number, from: number, to: number): void {
  for (let y = Math.min(from, to); y <= Math.max(from, to); y += 1) {
    const row = cells[Math.floor(y / DOTS_HIGH)];
    const column = x >> 1;
    if (row && column < row.length)
      row[column] = (row[column] ?? 0) | (DOTS[x % 2 === 0 ? 0 : 1][y % DOTS_HIGH] ?? 0);
  }
}
