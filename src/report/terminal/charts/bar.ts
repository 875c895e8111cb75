const EIGHTHS = '▏▎▍▌▋▊▉█';
const TRACK = '·';

/** A bar of eighths of a column inside its full length. What is above 0 shows, what is below 1 leaves a gap. */
export function bar(share: number, columns: number, track = ' '): string {
  const most = columns * 8 - (share < 1 ? 5 : 0);
  const eighths = share > 0 ? Math.max(1, Math.min(most, Math.round(share * columns * 8))) : 0;
  const full = Math.floor(eighths / 8);
  const part = EIGHTHS[(eighths % 8) - 1] ?? '';
  const drawn = '█'.repeat(full) + part;
  return drawn + track.repeat(columns - drawn.length);
}

/** A bar inside a length that was to be reached. */
export function barOfTarget(share: number, columns: number): string {
  return bar(share, columns, TRACK);
}

const LEVELS = '▁▂▃▄▅▆▇█';

/** One column for each share, 0 to 1; blank for `null`, at least a line for what is above 0. */
export function spark(shares: readonly (number | null)[]): string {
  return shares.map((share) => (share === null ? ' ' : levelOf(share))).join('');
}

function levelOf(share: number): string {
  return LEVELS[Math.max(0, Math.min(7, Math.ceil(share * 8) - 1))] ?? ' ';
}
