import { plural } from '../../../kernel/format.js';
import { figureById } from '../../../model/figures/index.js';
import type { CellRecord } from '../../../model/results/cell-record.js';
import type { JudgedFigure } from './judged-figures.js';

/** The logarithms of a figure in the repeats of a cell, or why it cannot be judged. */
export type FigureLogs = { readonly logs: readonly number[] } | { readonly why: string };

export function figureLogs(figure: JudgedFigure, cells: readonly CellRecord[]): FigureLogs {
  const { storedOf } = figureById(figure.id);
  const values = cells.map((cell) => storedOf(cell));
  const unknown = values.filter((value) => value === null).length;
  if (unknown > 0) return { why: `not known in ${repeatWords(unknown, cells.length)}` };
  const bounds = values.filter((value) => value?.isLowerBound).length;
  if (bounds > 0) return { why: `only a lower bound in ${repeatWords(bounds, cells.length)}` };
  const least = figure.leastPlanned ?? 1;
  const fewest = Math.min(...cells.map(({ counts }) => counts.planned));
  if (fewest < least) return { why: `${fewest} requests are too few for it: ${least} are needed` };
  const logs = values.flatMap((value) => (value === null || value.value <= 0 ? [] : [Math.log(value.value)]));
  const zeros = cells.length - logs.length;
  return zeros > 0 ? { why: `0 in ${repeatWords(zeros, cells.length)}` } : { logs };
}

function repeatWords(count: number, all: number): string {
  return all === 1 ? 'the run' : `${count} of ${plural(all, 'repeat')}`;
}
