import { formatDuration, formatTimeLeft } from '../../../kernel/units.js';
import type { CellRecord } from '../../../model/results/cell-record.js';
import { fullTitle } from '../../../model/figures/gauge-owners.js';
import { chartedGauges } from '../../gauge-words.js';
import { spikeRecoveryWords } from '../../spike-words.js';
import { shownName } from '../../shown-text.js';
import { wrapped } from './display-width.js';
import type { ChartStyle } from './chart-style.js';
import { drawPanel, MARGIN_COLUMNS, plotColumnsOf, type Panel } from './draw-panel.js';
import { binned } from './time-bins.js';

type Second = CellRecord['series'][number];
type Reading = (second: Second) => number | null;

/** What happened in a cell second by second: several quantities above one time axis. */
export function drawSeries(cell: CellRecord, style: ChartStyle): string[] {
  const { series, window } = cell;
  if (series.length === 0) return ['No second of this cell is known.'];
  const dots = 2 * plotColumnsOf(style);
  const panel = (title: string, explanation: string, area: Reading, line?: Reading): Panel => ({
    title,
    explanation,
    scale: 'linear',
    rows: 4,
    series: [
      { values: binned(series.map(area), dots), shape: 'area' },
      ...(line ? [{ values: binned(series.map(line), dots), shape: 'line' } as const] : []),
    ],
  });
  const panels = [
    panel(
      'Rate, req/s',
      'area: succeeded, line: sent',
      ({ succeeded }) => succeeded,
      ({ sent }) => sent,
    ),
    {
      ...panel(
        'Response time, ms',
        'logarithmic; area: p50, line: p99',
        ({ p50Ms }) => p50Ms,
        ({ p99Ms }) => p99Ms,
      ),
      scale: 'log' as const,
      rows: 6,
    },
    ...(series.some(({ failed }) => failed > 0)
      ? [panel('Failed, req/s', 'of any kind', ({ failed }) => failed)]
      : []),
    panel('In flight', 'sent and not ended, at the end of each second', ({ inFlight }) => inFlight),
    ...chartedGauges(cell).map((gauge) => {
      const { id, unit } = gauge;
      const title = [fullTitle(gauge), unit.symbol].filter((part) => part !== '').join(', ');
      const explanation = id === 'target.cpu' ? '100 % is one core' : 'from 0';
      return panel(shownName(title), explanation, ({ gauges }) => {
        const value = gauges[id] ?? null;
        return value === null ? null : unit.shown(value);
      });
    }),
  ];
  return [
    ...panels.flatMap((one) => drawPanel(one, style)),
    style.paint.dim(timeAxis(series.length, style)),
    ...drainNote(series.length, window.durationMs, style),
    ...spikeNote(cell, style.width),
  ];
}

function spikeNote(cell: CellRecord, width: number): string[] {
  const words = spikeRecoveryWords(cell);
  return words === undefined ? [] : wrapped(`Recovery after the spike: ${words}.`, width);
}

/** What is charted after the window is no part of the rates and the gauges. */
function drainNote(seconds: number, windowMs: number, { width, paint }: ChartStyle): string[] {
  if (seconds * 1000 <= windowMs) return [];
  const note = `The measured window ends after ${formatDuration(windowMs)}: then open requests are waited for.`;
  return wrapped(note, width).map((line) => paint.dim(line));
}

/** The seconds at the beginning, in the middle and at the end. */
function timeAxis(seconds: number, style: ChartStyle): string {
  const columns = plotColumnsOf(style);
  const [middle, end] = [seconds / 2, seconds].map((at) => formatTimeLeft(at * 1000));
  const left = '└0s'.padEnd(Math.floor(columns / 2));
  return `${' '.repeat(MARGIN_COLUMNS)}${`${left}└${middle ?? ''}`.padEnd(columns - (end?.length ?? 0))}${end ?? ''}`;
}
