import { Chalk } from 'chalk';
import { formatFigure, formatMebibytes, plural } from '../../kernel/format.js';
import { formatDuration, formatTimeLeft } from '../../kernel/units.js';
import { LEAST_ANSWERED_SHARE } from '../../model/results/verdict.js';
import type { CellUnderWay, LiveRun, LiveSecond } from '../../model/live/live-run.js';
import { drawLine, type Piece } from './draw-line.js';
import { sparkline } from '../sparkline.js';
import { BAR_WIDTH, progressBar } from './progress-bar.js';
import { shownName, shownText } from '../shown-text.js';

export interface LiveOptions {
  /** Columns of the terminal: no line is longer. */
  readonly width: number;
  readonly color: boolean;
  /** Otherwise only ASCII, but for the names. */
  readonly isUnicode: boolean;
  /** Of the clock that the run was followed with. */
  readonly nowMs: number;
}

/** A run under way as a few lines that stay where they are from one frame to the next. */
export function renderLive(run: LiveRun, options: LiveOptions): string[] {
  const marks = options.isUnicode ? UNICODE : ASCII;
  const lines = [...progressLines(run, options, marks), ...workLines(run, options, marks)];
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  return lines.map((line) => drawLine(line, options.width, marks.cut, paint));
}

interface Marks {
  readonly unknown: string;
  readonly between: string;
  readonly cut: string;
}
const UNICODE: Marks = { unknown: '–', between: ' · ', cut: '…' };
const ASCII: Marks = { unknown: '-', between: ', ', cut: '~' };

function progressLines(
  { plan, done, remaining }: LiveRun,
  { nowMs, width, isUnicode }: LiveOptions,
  marks: Marks,
): Piece[][] {
  if (plan === null || remaining === null) return [];
  const leftMs = Math.max(0, remaining.durationMs - (nowMs - remaining.atMs));
  const goneMs = nowMs - plan.atMs;
  const share = goneMs / Math.max(1, goneMs + leftMs);
  const finished = done.valid + done.suspect + done.invalid;
  const line: Piece[] = [
    { text: `${finished} of ${plural(plan.cells, 'cell')} done` },
    { text: `${marks.between}${formatTimeLeft(leftMs)} left` },
  ];
  if (done.suspect > 0) line.push({ text: `${marks.between}${done.suspect} SUSPECT`, tone: 'warning' });
  if (done.invalid > 0) line.push({ text: `${marks.between}${done.invalid} INVALID`, tone: 'bad' });
  // Where there is little room, words say more.
  const length = line.reduce((sum, { text }) => sum + text.length, BAR_WIDTH + 1);
  return [length <= width ? [...progressBar(share, isUnicode), ...line] : line];
}

function workLines({ stage, current }: LiveRun, { width, isUnicode }: LiveOptions, marks: Marks): Piece[][] {
  if (current === null) return stage === '' ? [] : [[{ text: shownText(stage) }]];
  const second = current.seconds.at(-1);
  const title: Piece[] = [
    { text: shownName(current.cell.name) },
    { text: `${marks.between}${phaseWords(current, second)}`, tone: 'dim' },
  ];
  return [title, ...grid(figuresOf(current, second, marks), width), spark(current, width, isUnicode, marks)];
}

function phaseWords({ cell }: CellUnderWay, second: LiveSecond | undefined): string {
  const windowMs = cell.windowMs;
  switch (second?.phase) {
    case undefined:
    case 'warm-up':
      return 'warming up';
    case 'window':
      return windowMs === null
        ? `measuring ${second.second + 1}s`
        : `measuring ${Math.min(second.second + 1, Math.ceil(windowMs / 1000))}s of ${formatDuration(windowMs)}`;
    case 'drain':
      return 'waiting for the last answers';
  }
}

/** `room`: the columns of a value that is not unusually long, so that what follows stands still. */
interface Figure extends Piece {
  readonly label: string;
  readonly room: number;
}

function figuresOf(current: CellUnderWay, second: LiveSecond | undefined, marks: Marks): Figure[] {
  const known = <Value>(value: Value | null | undefined, text: (value: Value) => string): string =>
    value === null || value === undefined ? marks.unknown : text(value);
  const ms = (value: number): string => `${formatFigure(value)} ms`;
  const target = second?.targetRatePerSecond;
  const rate = current.ratePerSecond;
  const isBehind = rate !== null && second?.phase === 'window' && rate < LEAST_ANSWERED_SHARE * (target ?? 0);
  const of = target === null || target === undefined || target === 0 ? '' : ` of ${wholeOrFigure(target)}`;
  const rateText = known(rate, (value) => `${value.toFixed(0)}${of}/s`);
  return [
    { label: 'rate', text: rateText, room: 17, ...(isBehind ? { tone: 'warning' } : {}) },
    { label: 'p50', text: known(second?.p50Ms, ms), room: 9 },
    { label: 'p99', text: known(second?.p99Ms, ms), room: 9 },
    {
      label: 'errors',
      text: String(current.failed),
      room: 9,
      ...(current.failed > 0 ? { tone: 'bad' } : {}),
    },
    { label: 'in flight', text: known(second?.inFlight, String), room: 17 },
    { label: 'waiting', text: known(second?.waiting, String), room: 9 },
    { label: 'CPU', text: known(second?.cpuPercent, (percent) => `${percent.toFixed(0)} %`), room: 9 },
    { label: 'memory', text: known(second?.memoryBytes, (bytes) => `${formatMebibytes(bytes)} MB`), room: 9 },
  ];
}

function wholeOrFigure(value: number): string {
  return Number.isInteger(value) ? String(value) : formatFigure(value);
}

/** As many figures side by side as fit; labels and values below one another. */
function grid(figures: readonly Figure[], width: number): Piece[][] {
  const fits = (columns: number): boolean => {
    const widths = columnsOf(figures, columns).map(({ label, room }) => label + room);
    return widths.reduce((sum, one) => sum + one, 0) <= width;
  };
  const columns = [4, 2].find(fits) ?? 1;
  const widths = columnsOf(figures, columns);
  return Array.from({ length: Math.ceil(figures.length / columns) }, (_, row) =>
    figures
      .slice(row * columns, (row + 1) * columns)
      .flatMap(({ label, text, tone, room: _room }, column) => [
        { text: label.padEnd(widths[column]?.label ?? 0), tone: 'dim' as const },
        { text: text.padEnd(widths[column]?.room ?? 0), ...(tone === undefined ? {} : { tone }) },
      ]),
  );
}

function columnsOf(figures: readonly Figure[], columns: number): { label: number; room: number }[] {
  return Array.from({ length: columns }, (_, column) => {
    const mine = figures.filter((_figure, at) => at % columns === column);
    return {
      label: Math.max(...mine.map(({ label }) => label.length)) + 1,
      room: Math.max(...mine.map(({ room }) => room)) + 1,
    };
  });
}

const SPARK_LABEL = 'p99 by second ';
const SPARK_ROOM = 22;

function spark(current: CellUnderWay, width: number, isUnicode: boolean, marks: Marks): Piece[] {
  const values = current.seconds.filter(({ phase }) => phase !== 'warm-up').map(({ p99Ms }) => p99Ms);
  const columns = width - SPARK_LABEL.length - SPARK_ROOM;
  const shown = values.slice(-Math.max(1, columns)).filter((value) => value !== null);
  const most = shown.length === 0 ? marks.unknown : `up to ${formatFigure(Math.max(...shown))} ms`;
  return [
    { text: SPARK_LABEL, tone: 'dim' },
    { text: sparkline(values, columns, isUnicode) },
    { text: ` ${most}` },
  ];
}
