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

/** Laying a table out takes cli-table3 time by the square of its rows. */
const ROWS_AT_ONCE = 50;

type Row = Table.Cell[];

/**
 * A table whose columns are told apart by space alone. Each line of a cell is a row of its own: for every line,
 * cli-table3 shortens the whole cell one character at a time, which takes minutes for a thousand long names.
 */
export class LineTable {
  private readonly rows: Row[] = [];

  constructor(private readonly columns: LineColumns) {}

  /** Of each cell its lines, none wider than its column. */
  push(cells: readonly (readonly string[])[]): void {
    const height = Math.max(1, ...cells.map(({ length }) => length));
    for (let line = 0; line < height; line += 1) this.rows.push(cells.map((lines) => lines[line] ?? ''));
  }

  /** Lines over all columns. */
  pushAcross(lines: readonly string[]): void {
    const colSpan = this.columns.aligns.length;
    for (const content of lines) this.rows.push([{ colSpan, content, hAlign: 'left' }]);
  }

  toLines(): string[] {
    const { widths } = this.columns;
    const atOnce = widths ? ROWS_AT_ONCE : Math.max(1, this.rows.length);
    const parts = Array.from({ length: Math.ceil(this.rows.length / atOnce) }, (_, part) =>
      this.rows.slice(part * atOnce, (part + 1) * atOnce),
    );
    return parts.flatMap((rows) => this.drawn(rows));
  }

  private drawn(rows: readonly Row[]): string[] {
    const { gap, aligns, widths } = this.columns;
    const table = new Table({
      chars: { ...NO_BORDERS, middle: ' '.repeat(gap) },
      style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
      colAligns: [...aligns],
      ...(widths ? { colWidths: [...widths] } : {}),
    });
    table.push(...rows);
    return table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd());
  }
}
