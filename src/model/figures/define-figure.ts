import { exact } from './exact.js';
import type { FigureDefinition, FigureSource, Outputs } from './figure.js';
import type { FigureUnit } from './units.js';

export type Better = FigureDefinition['better'];
export type Extra = Pick<FigureDefinition, 'judged' | 'gauge' | 'leastPlanned'> & Outputs;

/** A figure that is known exactly or not at all, and where it is shown. */
export function figure(
  id: string,
  title: string,
  unit: FigureUnit,
  better: Better,
  value: (source: FigureSource) => number | null | undefined,
  extra: Extra = {},
): FigureDefinition {
  return { id, title, unit, better, storedOf: (source) => exact(value(source)), ...extra };
}
