import type { ChalkInstance } from 'chalk';

/** A part of a line in one colour. */
export interface Piece {
  readonly text: string;
  readonly tone?: 'dim' | 'warning' | 'bad';
}

/** One line of at most `width` characters; `cut` marks where the rest was left out. */
export function drawLine(pieces: readonly Piece[], width: number, cut: string, paint: ChalkInstance): string {
  const length = Array.from(
    pieces
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  ).length;
  const isCut = length > width;
  let room = isCut ? Math.max(0, width - cut.length) : length;
  const parts = pieces.map((piece) => {
    const text = Array.from(piece.text).slice(0, room).join('');
    room -= Array.from(text).length;
    return painted(text, piece.tone, paint);
  });
  return parts.join('') + (isCut && width > 0 ? cut : '');
}

function painted(text: string, tone: Piece['tone'], paint: ChalkInstance): string {
  switch (tone) {
    case undefined:
      return text;
    case 'dim':
      return paint.dim(text);
    case 'warning':
      return paint.yellow(text);
    case 'bad':
      return paint.red(text);
  }
}
