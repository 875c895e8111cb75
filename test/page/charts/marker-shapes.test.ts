import { expect, test } from 'vitest';
import { COLORS } from '../../../src/page/charts/models/chart-model.js';
import { markerCorners } from '../../../src/page/charts/models/marker-shapes.js';

test('each shape stands for two colours, never for neighbours', () => {
  const shapes = Array.from({ length: COLORS }, (_, color) => JSON.stringify(markerCorners(color)));
  expect(new Set(shapes).size).toBe(COLORS / 2);
  shapes.slice(1).forEach((shape, at) => expect(shape).not.toBe(shapes[at]));
});
