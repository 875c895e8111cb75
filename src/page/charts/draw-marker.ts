import { markerCorners } from './models/marker-shapes.js';

export interface MarkerPlace {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Adds the shape of a series to the path. */
export function addMarker(
  context: CanvasRenderingContext2D,
  color: number,
  { x, y, radius }: MarkerPlace,
): void {
  const corners = markerCorners(color);
  if (corners.length === 0) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([right, down], at) => {
    if (at === 0) context.moveTo(x + right * radius, y + down * radius);
    else context.lineTo(x + right * radius, y + down * radius);
  });
  context.closePath();
}

/** An arrow upwards: the true value is at least so high. */
export function addArrow(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.moveTo(x, y - radius * 1.6);
  context.lineTo(x, y - radius * 3.8);
  context.moveTo(x - radius, y - radius * 2.8);
  context.lineTo(x, y - radius * 3.9);
  context.lineTo(x + radius, y - radius * 2.8);
}

/** Crossed out: the value says nothing of the target. */
export function addCross(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.moveTo(x - radius, y - radius);
  context.lineTo(x + radius, y + radius);
  context.moveTo(x + radius, y - radius);
  context.lineTo(x - radius, y + radius);
}
