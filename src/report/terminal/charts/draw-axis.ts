import { formatFigure } from '../../../kernel/format.js';
import { columnsOf } from './display-width.js';
import { ticksOf, type Scale } from './scale.js';

/** The column of a line at which a value stands. */
export function columnAt(scale: Scale, value: number, columns: number): number {
  return Math.round(scale.at(value) * (columns - 1));
}

/** The names of some values below a line, each starting at its column; those without room are left out. */
export function axisLabels(scale: Scale, columns: number, unit: string): string {
  const ticks = ticksOf(scale);
  if (ticks.length < 2) return endLabels(scale, columns, unit);
  let line = '';
  for (const tick of ticks) {
    const column = columnAt(scale, tick, columns);
    const label = `└${tickText(tick)}`;
    if (columnsOf(line) > 0 && column <= columnsOf(line)) continue;
    if (column + label.length > columns) break;
    line = line.padEnd(column) + label;
  }
  return line.length + unit.length < columns ? `${line} ${unit}` : line;
}

/** A scale too short for round values is named at its ends. */
function endLabels({ low, high }: Scale, columns: number, unit: string): string {
  const [left, right] = [`└${formatFigure(low)}`, `${formatFigure(high)} ${unit}┘`];
  return left.length + right.length < columns ? left.padEnd(columns - right.length) + right : '';
}

function tickText(tick: number): string {
  return tick >= 1 ? String(tick) : String(Number(tick.toPrecision(1)));
}
