import { columnsOf } from './charts/display-width.js';

export interface TextColumn {
  readonly width: number;
  readonly align: 'left' | 'right';
}

/** Columns told apart by space alone. A cell is the lines that it takes, colours and all, none wider than its column. */
export function drawColumns(
  rows: readonly (readonly (readonly string[])[])[],
  columns: readonly TextColumn[],
  gap: number,
): string[] {
  return rows.flatMap((cells) => {
    const height = Math.max(0, ...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      columns
        .map((column, at) => aligned(cells[at]?.[line] ?? '', column))
        .join(' '.repeat(gap))
        .trimEnd(),
    );
  });
}

function aligned(text: string, { width, align }: TextColumn): string {
  const space = ' '.repeat(Math.max(0, width - columnsOf(text)));
  return align === 'left' ? text + space : space + text;
}
