import { Chalk, type ChalkInstance } from 'chalk';
import { formatFigure } from '../../../kernel/format.js';
import type { Figure } from '../../../model/figures/figure.js';
import type { VerdictState } from '../../../model/results/verdict.js';

export interface ChartOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Whether more than ASCII can be shown. */
  readonly unicode: boolean;
}

/** How charts are drawn: always with Unicode; `plainCharacters` translates the finished text. */
export interface ChartStyle {
  readonly width: number;
  readonly paint: ChalkInstance;
  /** Before a figure that is only a lower bound. */
  readonly atLeast: string;
}

const NARROWEST = 40;
export const NOT_KNOWN = '–';
/** Behind a figure of a measurement that is not valid. */
const DOUBTFUL = '?';

export function chartStyle({ width, color, unicode }: ChartOptions): ChartStyle {
  return {
    width: Math.max(NARROWEST, Math.floor(width)),
    paint: new Chalk({ level: color ? 1 : 0 }),
    atLeast: unicode ? '≥' : '>=',
  };
}

/** A figure with all that must be known to read it: `≥10011`, `52.0?`, `–`. */
export function figureText(
  figure: Figure | null,
  style: ChartStyle,
  state: VerdictState = 'VALID',
  format: (value: number) => string = formatFigure,
): string {
  if (figure === null) return NOT_KNOWN;
  const bound = figure.isLowerBound ? style.atLeast : '';
  return `${bound}${format(figure.value)}${state === 'INVALID' ? DOUBTFUL : ''}`;
}
