import { systemClock } from '../kernel/clock.js';
import { formatFigure, formatMebibytes, plural } from '../kernel/format.js';
import { formatTimeLeft } from '../kernel/units.js';
import { oneLine } from '../kernel/text.js';
import type { Observer, RunEvent } from '../app/run-events.js';
import { renderPreflight } from '../report/terminal/render-preflight.js';
import type { CellRecord } from '../model/run-record.js';
import { WIDTH_WITHOUT_TERMINAL, type Terminal } from './terminal.js';

type CellStart = Extract<RunEvent, { kind: 'cell-started' }>;
type TickEvent = Extract<RunEvent, { kind: 'tick' }>;

/**
 * Shows a run on stderr: on a terminal one line that renews itself, elsewhere one line for each
 * finished cell.
 */
export class Progress {
  private cell: CellStart | undefined;
  private cellStartUs = 0;
  private isDrawn = false;

  constructor(
    private readonly terminal: Terminal,
    private readonly isLive: boolean,
  ) {}

  readonly observe: Observer = (event) => {
    switch (event.kind) {
      case 'notice':
        this.print(this.terminal.paint.yellow(event.message));
        break;
      case 'stage':
        this.draw(event.message);
        break;
      case 'preflight':
        this.print(renderPreflight(event.results, this.terminal.forNotes));
        break;
      case 'planned':
        this.print(`${plural(event.cells, 'cell')} to measure, about ${formatTimeLeft(event.durationMs)}`);
        break;
      case 'cell-started':
        this.cell = event;
        this.cellStartUs = systemClock.nowUs();
        this.draw(this.cellLine('warming up', ''));
        break;
      case 'tick':
        this.draw(this.tickLine(event));
        break;
      case 'cell-finished':
        if (!this.isLive) this.print(this.finishedLine(event.cell));
        break;
    }
  };

  /** Leaves a clean line behind. */
  end(): void {
    if (this.isDrawn) process.stderr.write('\r\x1b[2K');
    this.isDrawn = false;
  }

  private print(line: string): void {
    this.end();
    this.terminal.note(line);
  }

  private draw(line: string): void {
    if (!this.isLive) return;
    // A pseudo-terminal whose size nobody has set says 0.
    const width = (process.stderr.columns || WIDTH_WITHOUT_TERMINAL) - 1;
    process.stderr.write(`\r\x1b[2K${line.length > width ? `${line.slice(0, width - 1)}…` : line}`);
    this.isDrawn = true;
  }

  private cellLine(state: string, figures: string): string {
    if (!this.cell) return state;
    const { number, cells, name, remainingMs } = this.cell;
    const spentMs = (systemClock.nowUs() - this.cellStartUs) / 1000;
    const left = formatTimeLeft(remainingMs - spentMs);
    return `[${number}/${cells}] ${left} left  ${oneLine(name)}  ${state}${figures}`;
  }

  private tickLine({ tick, resources }: TickEvent): string {
    if (tick.phase === 'warm-up') return this.cellLine('warming up', '');
    const milliseconds = (value: number | null): string => (value === null ? '–' : formatFigure(value));
    const cpu = resources
      ? `  CPU ${resources.cpuPercent.toFixed(0)} %  ${formatMebibytes(resources.memoryBytes)} MB`
      : '';
    const errors = tick.failed > 0 ? `  ${plural(tick.failed, 'error')}` : '';
    const figures = `${tick.ratePerSecond.toFixed(0)}/s  p50 ${milliseconds(tick.p50Ms)}  p99 ${milliseconds(tick.p99Ms)} ms${errors}${cpu}`;
    return this.cellLine(tick.phase === 'drain' ? 'draining  ' : '', figures);
  }

  private finishedLine({ achievedRps, latencyMs, verdict }: CellRecord): string {
    if (!this.cell) return '';
    const { number, cells, name } = this.cell;
    const p99 = latencyMs.response.p99 === null ? '–' : formatFigure(latencyMs.response.p99);
    return `[${number}/${cells}] ${oneLine(name)}: ${formatFigure(achievedRps)}/s, p99 ${p99} ms, ${verdict.state}`;
  }
}
