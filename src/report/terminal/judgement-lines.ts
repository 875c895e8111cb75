import type { ChalkInstance } from 'chalk';
import { tellingJudgements, type JudgedCell, type ShownJudgement } from '../judged-changes.js';
import { wrapWords } from './wrap-name.js';

const INDENT = '    ';
const GAP = '  ';

/** What is said of the figures of cells, in columns as wide as all of them need. */
export class JudgementLines {
  private readonly columns: readonly number[];

  constructor(
    cells: readonly JudgedCell[],
    private readonly width: number,
  ) {
    const rows = cells.flatMap(tellingJudgements).map(columnsOf);
    this.columns = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  }

  /** The name of the cell, then a line for each figure that tells something of it. */
  of(cell: JudgedCell, paint: ChalkInstance): string[] {
    const note = cell.note === '' ? [] : wrapWords(cell.note, this.width - INDENT.length);
    return [
      ...wrapWords(cell.name, this.width - 2).map((line) => `  ${line}`),
      ...tellingJudgements(cell).flatMap((one) => this.linesOf(one, paint)),
      ...note.map((line) => paint.dim(`${INDENT}${line}`)),
    ];
  }

  private linesOf(judgement: ShownJudgement, paint: ChalkInstance): string[] {
    const columns = columnsOf(judgement).map((text, at) =>
      at === 1 ? text.padStart(this.columns[at] ?? 0) : text.padEnd(this.columns[at] ?? 0),
    );
    const whole = `${INDENT}${columns.join(GAP)}`.trimEnd();
    const lines = whole.length <= this.width ? [whole] : narrow(judgement, this.width);
    const note = judgement.note === '' ? [] : wrapWords(judgement.note, this.width - INDENT.length - 2);
    return [...lines, ...note.map((line) => paint.dim(`${INDENT}  ${line}`))];
  }
}

/** Title, change, interval, figures, and what is said of it. */
function columnsOf({ title, change, interval, figures, verdict, isPrimary }: ShownJudgement): string[] {
  const said = `${verdict ?? 'not judged'}${isPrimary ? '' : ', exploratory'}`;
  return [title, change, interval === '' ? '' : `(${interval})`, figures, said];
}

function narrow(judgement: ShownJudgement, width: number): string[] {
  const text = columnsOf(judgement).filter(Boolean).join(' ');
  return wrapWords(text, width - INDENT.length - 2).map((line, at) => `${INDENT}${at === 0 ? '' : '  '}${line}`);
}
