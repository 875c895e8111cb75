import type { Observer, RunEvent } from '../model/live/run-events.js';
import type { RunResult } from '../app/run/run-result.js';
import { systemClock } from '../kernel/clock.js';
import { jsonText } from '../kernel/text.js';
import type { LiveCell } from '../model/live/live-run.js';
import type { CellRecord } from '../model/results/cell-record.js';
import type { StreamEvent } from '../model/live/stream-event.js';
import { shownJson } from './safe-output.js';

/** An event of any kind, but for when it is told. */
type Untimed<Event> = Event extends StreamEvent ? Omit<Event, 'at'> : never;

/** Tells a run on stdout, a line of JSON for each event: what programs follow while it goes on. */
export class EventStream {
  private cell: LiveCell | undefined;

  readonly observe: Observer = (event) => {
    if (event.kind === 'cell-started') this.cell = event.cell;
    const told = this.read(event);
    if (told) tell(told);
  };

  /** The last line of the stream. */
  finish({ record: { status, failure }, folder }: RunResult, exitCode: number): void {
    tell({ event: 'run-finished', status, failure, exitCode, folder });
  }

  private read(event: RunEvent): Untimed<StreamEvent> | undefined {
    switch (event.kind) {
      case 'run-started': {
        const { schemaVersion, tool, command } = event.record;
        return { event: 'run-started', schemaVersion, tool, command, folder: event.folder };
      }
      case 'planned':
        return { event: 'planned', cells: event.cells, expectedMs: event.durationMs };
      case 'cell-started':
        return { event: 'cell-started', ...event.cell, number: event.number, cells: event.cells };
      case 'second':
        return this.cell && { event: 'second', id: this.cell.id, name: this.cell.name, ...event.second };
      case 'cell-finished':
        return { event: 'cell', cell: withoutHistograms(event.cell) };
      case 'notice':
      case 'stage':
      case 'preflight':
        return undefined;
    }
  }
}

/** They are most of a cell, and for programs that read files. */
function withoutHistograms(cell: CellRecord): Omit<CellRecord, 'histograms'> {
  const trimmed = { ...cell, histograms: undefined };
  return trimmed;
}

function tell({ event, ...rest }: Untimed<StreamEvent>): void {
  const at = new Date(systemClock.unixMs()).toISOString();
  process.stdout.write(`${shownJson(jsonText({ event, at, ...rest }))}\n`);
}
