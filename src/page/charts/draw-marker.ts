type Draw = (context: CanvasRenderingContext2D, x: number, y: number, radius: number) => void;

const polygon =
  (...corners: readonly (readonly [number, number])[]): Draw =>
  (context, x, y, radius) => {
    corners.forEach(([right, down], at) => {
      if (at === 0) context.moveTo(x + right * radius, y + down * radius);
      else context.lineTo(x + right * radius, y + down * radius);
    });
    context.closePath();
  };

/** Shapes that tell series apart where colours do not, of about the same area. */
const MARKERS: readonly Draw[] = [
  (context, x, y, radius) => {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  },
  polygon([-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]),
  polygon([0, -1.25], [1.15, 0.85], [-1.15, 0.85]),
  polygon([0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]),
  polygon([0, 1.25], [1.15, -0.85], [-1.15, -0.85]),
];

/** Adds the shape of a series to the path. Ten colours have five shapes: neighbours never share one. */
export function addMarker(
  context: CanvasRenderingContext2D,
  color: number,
  place: { readonly x: number; readonly y: number; readonly radius: number },
): void {
  MARKERS[color % MARKERS.length]?.(context, place.x, place.y, place.radius);
}

/** An arrow upwards: the true value is at least so high. */
export function addArrow(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.moveTo(x, y - radius * 1.6);
  context.lineTo(x, y - radius * 3.8);
  context.moveTo(x - radius, y - radius * 2.8);
  context.lineTo(x, y - radius * 3.9);
  context.lineTo(x + radius, y - radius * 2.8);
}
