import type { Piece } from './draw-line.js';

export const BAR_WIDTH = 20;

/** How much is done, 0 to 1, and a space behind it. Full only when all is done. */
export function progressBar(share: number, isUnicode: boolean): Piece[] {
  const filled = Math.floor(BAR_WIDTH * Math.min(1, Math.max(0, share)));
  return [
    { text: (isUnicode ? '━' : '=').repeat(filled) },
    { text: (isUnicode ? '─' : '.').repeat(BAR_WIDTH - filled), tone: 'dim' },
    { text: ' ' },
  ];
}
