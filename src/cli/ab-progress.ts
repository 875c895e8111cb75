import type { AbForecast } from '../app/ab/forecast.js';
import type { AbMoment } from '../app/ab/measure-ab.js';
import type { AbOptions } from '../app/ab/run-ab.js';
import { plural } from '../kernel/format.js';
import { formatTimeLeft } from '../kernel/units.js';
import type { RunEvent } from '../model/live/run-events.js';
import { renderAb, type LiveAb } from '../report/terminal/render-ab.js';
import { shownName } from '../report/shown-text.js';
import { LiveBlock } from './live-block.js';
import { liveOptions, nowMs } from './live-frame.js';
import type { Terminal } from './terminal.js';

/** A log without a line for longer than this looks dead, in seconds. */
const SILENCE_SECONDS = 60;

/** Shows `bench ab` on stderr: on a terminal lines that renew themselves, elsewhere one for each run. What runs have to say is said once. */
export class AbProgress implements Omit<AbOptions['watch'], 'stored'> {
  private ab: LiveAb = {
    ...{ stage: '', run: null, cell: null, beganAtMs: 0 },
    remaining: { atMs: 0, durationMs: 0 },
  };
  private readonly said = new Set<string>();
  private secondsSilent = 0;
  private readonly block: LiveBlock;

  constructor(
    private readonly terminal: Terminal,
    private readonly isLive: boolean,
    /** Of each side. */
    private readonly repeats: number,
  ) {
    this.block = new LiveBlock(process.stderr, () => this.frame());
  }

  forecast({ cells, only }: AbForecast, leftMs: number): void {
    this.print(
      `${plural(cells.length, 'cell')} to compare, ${plural(this.repeats, 'run')} of each side: about ${formatTimeLeft(leftMs)}`,
    );
    for (const side of ['base', 'candidate'] as const) {
      const names = only[side];
      if (names.length > 0) this.sayOnce(`Only the ${side} has ${shownNames(names)}.`);
    }
  }

  began({ run, number, runs, leftMs }: AbMoment): void {
    const atMs = nowMs();
    this.ab = {
      run: { title: `${run.name}, ${run.side}`, number, runs },
      ...{ stage: '', cell: null, remaining: { atMs, durationMs: leftMs } },
      beganAtMs: this.ab.run === null ? atMs : this.ab.beganAtMs,
    };
    this.redraw();
  }

  ended({ run, number, runs, leftMs }: AbMoment): void {
    const left = number === runs ? '' : `, about ${formatTimeLeft(leftMs)} left`;
    this.ab = { ...this.ab, cell: null, remaining: { atMs: nowMs(), durationMs: leftMs } };
    if (!this.isLive) this.print(`[${number}/${runs}] ${run.name}, ${run.side}: measured${left}`);
  }

  readonly observe = (event: RunEvent): void => {
    switch (event.kind) {
      case 'notice':
        this.sayOnce(event.message);
        break;
      case 'stage':
        this.ab = { ...this.ab, stage: event.message };
        break;
      case 'cell-started':
        this.ab = {
          ...this.ab,
          stage: '',
          cell: { name: event.cell.name, number: event.number, cells: event.cells },
        };
        break;
      case 'second':
        this.breakSilence();
        break;
      case 'preflight':
      case 'planned':
      case 'run-started':
      case 'cell-finished':
        break;
    }
    this.redraw();
  };

  /** Leaves a clean line behind. */
  end(): void {
    this.block.end();
  }

  /** Ten runs of the same servers have the same to say. */
  private sayOnce(message: string): void {
    if (this.said.has(message)) return;
    this.said.add(message);
    this.print(this.terminal.paint.yellow(message));
  }

  private redraw(): void {
    if (this.isLive) this.block.changed();
  }

  private print(line: string): void {
    this.secondsSilent = 0;
    this.block.above(() => this.terminal.note(line));
  }

  private frame(): string[] {
    return renderAb(this.ab, liveOptions(this.terminal));
  }

  private breakSilence(): void {
    this.secondsSilent += 1;
    const { run, cell } = this.ab;
    if (this.isLive || run === null || cell === null || this.secondsSilent < SILENCE_SECONDS) return;
    this.print(`[${run.number}/${run.runs}] ${run.title}: cell ${cell.number} of ${cell.cells}`);
  }
}

const MOST_NAMED = 5;

function shownNames(names: readonly string[]): string {
  const first = names.slice(0, MOST_NAMED).map(shownName).join(', ');
  return names.length <= MOST_NAMED ? first : `${first} and ${names.length - MOST_NAMED} more`;
}
