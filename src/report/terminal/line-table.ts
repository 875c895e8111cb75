import Table from 'cli-table3';

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
} as const;

export interface LineColumns {
  readonly gap: number;
  readonly aligns: readonly ('left' | 'right')[];
  /** As wide as their widest cell where it is left out. */
  readonly widths?: readonly number[];
}

/**
 * A table whose columns are told apart by space alone. Each line of a cell is a row of its own: for every line,
 * cli-table3 shortens the whole cell one character at a time, which takes minutes for a thousand long names.
 */
export class LineTable {
  private readonly table: Table.Table;

  constructor(private readonly columns: LineColumns) {
    const { gap, aligns, widths } = columns;
    this.table = new Table({
      chars: { ...NO_BORDERS, middle: ' '.repeat(gap) },
      style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
      colAligns: [...aligns],
      ...(widths ? { colWidths: [...widths] } : {}),
    });
  }

  /** Of each cell its lines, none wider than its column. */
  push(cells: readonly (readonly string[])[]): void {
    const height = Math.max(1, ...cells.map(({ length }) => length));
    for (let line = 0; line < height; line += 1) this.table.push(cells.map((lines) => lines[line] ?? ''));
  }

  /** Lines over all columns. */
  pushAcross(lines: readonly string[]): void {
    const colSpan = this.columns.aligns.length;
    for (const content of lines) this.table.push([{ colSpan, content, hAlign: 'left' }]);
  }

  toLines(): string[] {
    return this.table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd());
  }
}
