type Corner = readonly [right: number, down: number];

/** Corners about a middle, in radii; a circle has none. */
const SHAPES: readonly (readonly Corner[])[] = [
  [],
  [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  [
    [0, -1.25],
    [1.15, 0.85],
    [-1.15, 0.85],
  ],
  [
    [0, -1.3],
    [1.3, 0],
    [0, 1.3],
    [-1.3, 0],
  ],
  [
    [0, 1.25],
    [1.15, -0.85],
    [-1.15, -0.85],
  ],
];

/** The shape of a series, which tells it from its neighbours where colours do not. */
export function markerCorners(color: number): readonly Corner[] {
  return SHAPES[color % SHAPES.length] ?? [];
}
