import { advance, BEFORE_THE_RUN } from '../app/outputs/live-run.js';
import type { Observer } from '../model/live/run-events.js';
import { formatFigure, plural } from '../kernel/format.js';
import { formatDuration, formatTimeLeft } from '../kernel/units.js';
import type { CellUnderWay, LiveRun } from '../model/live/live-run.js';
import type { CellRecord } from '../model/results/cell-record.js';
import { renderLive } from '../report/terminal/render-live.js';
import { renderPreflight } from '../report/terminal/render-preflight.js';
import { LiveBlock } from './live-block.js';
import { liveOptions, nowMs } from './live-frame.js';
import type { Terminal } from './terminal.js';
import { shownName } from '../report/shown-text.js';

/** A log without a line for longer than this looks dead, in seconds. */
const SILENCE_SECONDS = 60;

/** Of more cells than this only some have a line when they are finished: the tables name all of them. */
const MOST_LINES = 6;

/**
 * Shows a run on stderr: on a terminal a few lines that renew themselves, elsewhere one line for a finished
 * cell (of many cells for every nth), and where nothing has been said for a while one of the cell under way.
 */
export class Progress {
  private run: LiveRun = BEFORE_THE_RUN;
  private secondsSilent = 0;
  private readonly block: LiveBlock;

  constructor(
    private readonly terminal: Terminal,
    private readonly isLive: boolean,
  ) {
    this.block = new LiveBlock(process.stderr, () => this.frame());
  }

  readonly observe: Observer = (event) => {
    const { current } = this.run;
    this.run = advance(this.run, event, nowMs());
    switch (event.kind) {
      case 'notice':
        this.print(this.terminal.paint.yellow(event.message));
        break;
      case 'preflight':
        this.print(renderPreflight(event.results, this.terminal.forNotes));
        break;
      case 'planned':
        this.print(planLine(event.cells, event.durationMs, event.mostMs));
        break;
      case 'second':
        this.breakSilence();
        break;
      case 'cell-finished':
        if (!this.isLive && current && this.isShown(current))
          this.print(this.finishedLine(current, event.cell));
        break;
      case 'cell-started':
      case 'stage':
      case 'run-started':
        break;
    }
    if (this.isLive) this.block.changed();
  };

  /** Leaves a clean line behind. */
  end(): void {
    this.block.end();
  }

  /** The last cell always is: then the log says that all are done. */
  private isShown({ number }: CellUnderWay): boolean {
    const cells = this.run.plan?.cells ?? number;
    return number === cells || number % Math.ceil(cells / MOST_LINES) === 0;
  }

  private print(lines: string): void {
    this.secondsSilent = 0;
    this.block.above(() => this.terminal.note(lines));
  }

  private frame(): string[] {
    return renderLive(this.run, liveOptions(this.terminal));
  }

  private breakSilence(): void {
    this.secondsSilent += 1;
    if (this.isLive || !this.run.current || this.secondsSilent < SILENCE_SECONDS) return;
    this.print(this.lineUnderWay(this.run.current));
  }

  private lineUnderWay(current: CellUnderWay): string {
    const { cell, ratePerSecond, failed, seconds } = current;
    const last = seconds.at(-1);
    const windowMs = cell.windowMs;
    if (last === undefined || last.phase === 'warm-up') return `${this.titleOf(current)}: warming up`;
    const errors = plural(failed, 'error');
    if (last.phase === 'drain') return `${this.titleOf(current)}: waiting for the last answers, ${errors}`;
    const where = `${last.second + 1}s${windowMs === null ? '' : ` of ${formatDuration(windowMs)}`}`;
    const rate = `${figure(ratePerSecond)}/s, p99 ${figure(last.p99Ms)} ms`;
    return `${this.titleOf(current)}: ${where}, ${rate}, ${errors}`;
  }

  private finishedLine(current: CellUnderWay, { achievedRps, latencyMs, verdict }: CellRecord): string {
    const { p99, lowerBounds } = latencyMs.response;
    const bound = lowerBounds.includes('p99') ? '≥' : '';
    return `${this.titleOf(current)}: ${formatFigure(achievedRps)}/s, p99 ${bound}${figure(p99)} ms, ${verdict.state}`;
  }

  private titleOf({ number, cell }: CellUnderWay): string {
    return `[${number}/${this.run.plan?.cells ?? number}] ${shownName(cell.name)}`;
  }
}

/** `18 cells to measure, about 4m 20s; up to 9m 40s if the target cannot keep up`. */
export function planLine(cells: number, durationMs: number, mostMs: number): string {
  const likely = `${plural(cells, 'cell')} to measure, about ${formatTimeLeft(durationMs)}`;
  return `${likely}; up to ${formatTimeLeft(mostMs)} if the target cannot keep up`;
}

function figure(value: number | null): string {
  return value === null ? '–' : formatFigure(value);
}
