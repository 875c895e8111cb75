import { columnsOf } from './display-width.js';

const GAP = 4;
const COLOR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** Columns that each of so many blocks has beside the others. */
export function shareOfWidth(width: number, blocks: number): number {
  return Math.floor((width - GAP * (blocks - 1)) / blocks);
}

/** As many blocks beside one another as the width allows when each needs so many columns. */
export function blocksWithin(width: number, leastColumns: number, blocks: number): number {
  return Math.max(1, Math.min(blocks, Math.floor((width + GAP) / (leastColumns + GAP))));
}

/** Blocks of lines, the first at the left; they end on the same line, as headings differ in length. */
export function sideBySide(blocks: readonly (readonly string[])[], columns: number): string[] {
  const height = Math.max(0, ...blocks.map(({ length }) => length));
  return Array.from({ length: height }, (_, at) =>
    blocks
      .map((block) => {
        const line = block[at - (height - block.length)] ?? '';
        return line + ' '.repeat(Math.max(0, columns - columnsOf(line.replace(COLOR, ''))));
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}
