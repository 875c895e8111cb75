import { Chalk } from 'chalk';
import { formatTimeLeft } from '../../kernel/units.js';
import { shownName, shownText } from '../shown-text.js';
import { drawLine, type Piece } from './draw-line.js';
import { BAR_WIDTH, progressBar } from './progress-bar.js';
import type { LiveOptions } from './render-live.js';

/** `bench ab` under way. */
export interface LiveAb {
  /** What is done before the cells of a run. */
  readonly stage: string;
  /** Null before the first run. */
  readonly run: {
    /** `b-2, candidate` */
    readonly title: string;
    /** From 1. */
    readonly number: number;
    readonly runs: number;
  } | null;
  /** Of the run under way; null between two of them. */
  readonly cell: { readonly name: string; readonly number: number; readonly cells: number } | null;
  /** From the beginning of its first run. */
  readonly beganAtMs: number;
  readonly remaining: { readonly atMs: number; readonly durationMs: number };
}

/** Two lines, without figures: nobody shall judge a side before all is measured. */
export function renderAb(ab: LiveAb, { width, color, isUnicode, nowMs }: LiveOptions): string[] {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const between = isUnicode ? ' · ' : ', ';
  const draw = (pieces: readonly Piece[]): string => drawLine(pieces, width, isUnicode ? '…' : '~', paint);
  const { run, cell, stage } = ab;
  const work = [cell === null ? null : shownName(cell.name), stage === '' ? null : shownText(stage)];
  if (run === null) return stage === '' ? [] : [draw([{ text: shownText(stage) }])];
  const leftMs = leftOf(ab, nowMs);
  const goneMs = nowMs - ab.beganAtMs;
  const line = `run ${run.number} of ${run.runs}${between}${formatTimeLeft(leftMs)} left`;
  const bar =
    BAR_WIDTH + 1 + line.length <= width ? progressBar(goneMs / Math.max(1, goneMs + leftMs), isUnicode) : [];
  const where = cell === null ? [] : [`cell ${cell.number} of ${cell.cells}`];
  const words = [run.title, ...where, ...work.filter((one) => one !== null)];
  return [draw([...bar, { text: line }]), draw([{ text: words.join(between), tone: 'dim' }])];
}

function leftOf({ remaining }: LiveAb, nowMs: number): number {
  return Math.max(0, remaining.durationMs - (nowMs - remaining.atMs));
}
