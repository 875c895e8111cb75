import { formatDuration } from '../../kernel/units.js';
import { failingNow, unwatched } from '../../analyze/objectives/failing-now.js';
import { LiveFigures } from '../../measure/live-figures.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { Observer } from '../../model/live/run-events.js';
import type { Load } from '../../model/loads/index.js';
import type { PartialTick } from '../../model/generation/generator.js';
import type { CellRecord, ClosedEarly } from '../../model/results/cell-record.js';
import type { GaugeSample } from '../../model/results/gauges.js';
import { quoted } from '../../model/objectives/quoted.js';
import type { Objective } from '../../model/results/objective.js';
import type { RunRecord } from '../../model/results/run-record.js';
import type { Subject } from '../../model/results/subject.js';

type Cell = { readonly subject: Subject; readonly load: Load };
type Config = Pick<RunConfig, 'objectives' | 'abortAfterMs' | 'timeoutMs'>;

/** What may end the measuring of a cell; undefined where no objective does. */
export function abortWatch(
  { objectives, abortAfterMs, timeoutMs }: Config,
  cell: Cell,
): AbortWatch | undefined {
  return abortAfterMs === null ? undefined : new AbortWatch(objectives, abortAfterMs, cell, timeoutMs);
}

/** Whether an objective that failed in the last cell has ended the run. */
export function isAborted({ cells }: Pick<RunRecord, 'cells'>): boolean {
  const last = cells.at(-1);
  // What the generator was too late for, the target has not failed.
  return last?.closedEarly !== undefined && last.verdict.state !== 'INVALID';
}

/** One line about a cell that was cut short for what may be the generator's doing. */
export function noteClosedEarly({ id, closedEarly, verdict }: CellRecord, observe: Observer): void {
  if (closedEarly === undefined || verdict.state !== 'INVALID') return;
  const after = formatDuration(Math.round(closedEarly.afterMs / 100) * 100);
  const message = `${id} was cut short after ${after}, as it seemed to fail ${quoted(closedEarly.objective)}. The load generator was the limit there, so the run goes on.`;
  observe({ kind: 'notice', message });
}

/** One line about objectives that are held against whole cells alone. */
export function noteUnwatched(
  { objectives, abortAfterMs }: Config,
  cells: readonly Cell[],
  observe: Observer,
): void {
  const left = abortAfterMs === null ? [] : unwatched(objectives, cells);
  if (left.length === 0) return;
  const texts = left.map(({ text }) => quoted(text)).join(', ');
  const message = `--abort-on-fail cannot watch ${texts}: what they are about is known only when a cell ends.`;
  observe({ kind: 'notice', message });
}

/** Holds one cell against the objectives once a second, from the delay on. */
export class AbortWatch {
  private readonly figures: LiveFigures;

  constructor(
    private readonly objectives: readonly Objective[],
    private readonly delayMs: number,
    private readonly cell: Cell,
    timeoutMs: number,
  ) {
    this.figures = new LiveFigures(timeoutMs);
  }

  /** The objective that the cell fails now; undefined while it fails none. */
  failed(tick: PartialTick, look: GaugeSample | undefined): ClosedEarly['objective'] | undefined {
    if (tick.phase !== 'window') return undefined;
    this.figures.add(tick, look);
    if (tick.elapsedMs < this.delayMs) return undefined;
    return failingNow(this.objectives, this.cell, this.figures.source())?.objective.text;
  }
}
