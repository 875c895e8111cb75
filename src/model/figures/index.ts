import type { FigureDefinition, Outputs } from './figure.js';
import { FIGURES } from './list.js';

const BY_ID: ReadonlyMap<string, FigureDefinition> = new Map(FIGURES.map((figure) => [figure.id, figure]));

/** Throws for an id that is not in the list. */
export function figureById(id: string): FigureDefinition {
  const found = BY_ID.get(id);
  if (found === undefined) throw new Error(`no figure ${id}`);
  return found;
}

/** Figures that an output shows. */
export type Shown<Output extends keyof Outputs> = FigureDefinition & Required<Pick<Outputs, Output>>;

/** Those that an output shows, in its order, which `placeOf` tells; the list's own without it. */
export function figuresIn<Output extends keyof Outputs>(
  output: Output,
  placeOf?: (shown: Required<Outputs>[Output]) => number,
  figures: readonly FigureDefinition[] = FIGURES,
): Shown<Output>[] {
  const shown = figures.filter((figure): figure is Shown<Output> => figure[output] !== undefined);
  const place = ({ [output]: value }: Shown<Output>): number =>
    placeOf?.(value as Required<Outputs>[Output]) ?? 0;
  return shown.sort((a, b) => place(a) - place(b));
}
