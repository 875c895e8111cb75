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

/**
 * The shape of a series, which tells it from others where colours do not. The second five are shifted so that
 * the two colours of a shape differ most for any kind of colour vision.
 */
export function markerCorners(color: number): readonly Corner[] {
  const shape = color < SHAPES.length ? color : color + 2;
  return SHAPES[shape % SHAPES.length] ?? [];
}
