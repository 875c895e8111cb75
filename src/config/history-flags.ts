import { UserError } from '../kernel/errors.js';
import { nearest } from '../kernel/text.js';
import type { FigureDefinition } from '../model/figures/figure.js';
import { KNOWN_FIGURES } from '../model/figures/gauge-figures.js';
import { HISTORY_FORMATS, type HistoryFormat } from '../model/results/history.js';
import { FlagReader } from './flag-reader.js';
import { readKnown } from './report-flags.js';

/** The words behind the flags of `bench history`, as they came. */
export interface HistoryFlags {
  readonly figure?: readonly string[];
  readonly minMagnitude?: string;
  readonly recent?: string;
  readonly failOn?: string;
  readonly format?: readonly string[];
}

export interface HistoryChoices {
  readonly figures: readonly FigureDefinition[];
  readonly minMagnitudePercent: number;
  readonly recentRuns: number;
  readonly failsOnRegressed: boolean;
  readonly formats: readonly HistoryFormat[];
}

/** Those that `bench compare` judges. */
const USUAL_FIGURES = ['p50', 'p95', 'p99', 'mean', 'success', 'achieved', 'cpu-per-request', 'memory'];
const PERCENT = { least: 0, most: 1000, whole: false };
const RUNS = { least: 1, most: 10_000, whole: true };
const USUAL_PERCENT = 5;
const USUAL_RECENT = 10;

/** Throws one error with all problems. */
export function readHistoryFlags(flags: HistoryFlags): HistoryChoices {
  const read = new FlagReader();
  const choices = {
    figures: (flags.figure ?? USUAL_FIGURES)
      .flatMap((word) => word.split(','))
      .flatMap((word) => figureNamed(read, word)),
    minMagnitudePercent:
      read.number('min-magnitude', flags.minMagnitude?.replace(/\s*%$/, ''), PERCENT) ?? USUAL_PERCENT,
    recentRuns: read.number('recent', flags.recent, RUNS) ?? USUAL_RECENT,
    failsOnRegressed: failsOn(read, flags.failOn),
    formats: readKnown(read, flags.format, HISTORY_FORMATS),
  };
  if (read.problems.length === 0) return { ...choices, figures: [...new Set(choices.figures)] };
  throw new UserError('usage', read.problems.join('\n'), 'See bench history --help.');
}

function figureNamed(read: FlagReader, word: string): FigureDefinition[] {
  const found = KNOWN_FIGURES.find(({ id }) => id === word);
  if (found !== undefined) return [found];
  const [near] = nearest(
    word,
    KNOWN_FIGURES.map(({ id }) => id),
  );
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  read.complain('figure', `the name of a figure, such as p99 or cpu-per-request${hint}`, word);
  return [];
}

function failsOn(read: FlagReader, word: string | undefined): boolean {
  if (word !== undefined && word !== 'regressed') read.complain('fail-on', 'regressed', word);
  return word === 'regressed';
}
