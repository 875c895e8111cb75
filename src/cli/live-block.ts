import { stripVTControlCharacters } from 'node:util';
import { systemClock as clock } from '../kernel/clock.js';

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
/** Characters that are wider than we think stay in their line. */
const NO_WRAP = '\x1b[?7l';
const WRAP = '\x1b[?7h';
const ERASE_TO_END_OF_LINE = '\x1b[K';
const ERASE_BELOW = '\x1b[J';

/** At most ten frames a second. */
const FRAME_MS = 100;
/** The time left goes on also when nothing happens. */
const HEARTBEAT_MS = 1000;

export type Screen = Pick<NodeJS.WriteStream, 'write' | 'columns' | 'rows'>;

/** A few lines at the bottom of a terminal, drawn anew in their place; other text goes above them. */
export class LiveBlock {
  /** As on the screen now, without colours counted. */
  private drawn: readonly string[] = [];
  private drawnColumns = 0;
  private drawnAtMs = -Infinity;
  private cancelFrame: (() => void) | undefined;
  private stopHeartbeat: (() => void) | undefined;

  constructor(
    private readonly screen: Screen,
    private readonly lines: () => readonly string[],
  ) {}

  /** Something may look different now: draws at once, or as soon as the last frame has stood long enough. */
  readonly changed = (): void => {
    if (this.cancelFrame) return;
    this.stopHeartbeat ??= clock.every(HEARTBEAT_MS, this.changed);
    const waitMs = this.drawnAtMs + FRAME_MS - clock.nowUs() / 1000;
    if (waitMs <= 0) this.draw();
    else this.cancelFrame = clock.after(Math.ceil(waitMs), this.draw);
  };

  /** Lets `print` write lines where the block was, and draws the block below them. */
  above(print: () => void): void {
    const wasDrawn = this.drawn.length > 0;
    this.erase();
    print();
    if (wasDrawn) this.draw();
  }

  /** Leaves a clean line and a visible cursor behind. It may be drawn again. */
  end(): void {
    this.cancelFrame?.();
    this.stopHeartbeat?.();
    this.cancelFrame = undefined;
    this.stopHeartbeat = undefined;
    this.erase();
  }

  private readonly draw = (): void => {
    this.cancelFrame = undefined;
    this.drawnAtMs = clock.nowUs() / 1000;
    const lines = this.lines().slice(0, Math.max(1, (this.screen.rows || Infinity) - 1));
    const columns = this.screen.columns;
    if (lines.length === 0 && this.drawn.length === 0) return;
    if (columns === this.drawnColumns && isSame(lines, this.drawn)) return;
    const frame = lines.map((line) => `${line}${ERASE_TO_END_OF_LINE}`).join('\n');
    const start = this.drawn.length === 0 ? HIDE_CURSOR : this.toTop();
    if (this.drawn.length === 0) process.on('exit', this.showCursor);
    this.screen.write(`${start}${NO_WRAP}${frame}${ERASE_BELOW}${WRAP}`);
    this.drawn = lines;
    this.drawnColumns = columns;
  };

  private erase(): void {
    if (this.drawn.length === 0) return;
    this.screen.write(`${this.toTop()}${ERASE_BELOW}${SHOW_CURSOR}`);
    this.drawn = [];
    process.off('exit', this.showCursor);
  }

  private toTop(): string {
    const up = this.rowsDrawn() - 1;
    return up > 0 ? `\r\x1b[${up}A` : '\r';
  }

  /** A terminal that has become narrower has broken the lines that were too long for it. */
  private rowsDrawn(): number {
    const columns = this.screen.columns || Infinity;
    return this.drawn.reduce((rows, line) => rows + rowsOf(line, this.drawnColumns, columns), 0);
  }

  /** Also when the process is ended from elsewhere. */
  private readonly showCursor = (): void => {
    this.screen.write(`\n${SHOW_CURSOR}`);
  };
}

/** What was too long for a line when it was drawn is not on the screen. */
function rowsOf(line: string, drawnColumns: number, columns: number): number {
  const length = Array.from(stripVTControlCharacters(line)).length;
  return Math.max(1, Math.ceil(Math.min(length, drawnColumns || Infinity) / columns));
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, at) => line === b[at]);
}
