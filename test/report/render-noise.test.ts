import { describe, expect, test } from 'vitest';
import { renderNoise } from '../../src/report/terminal/render-noise.js';
import { bandFloor, noiseFloor } from '../support/noise.js';

const found = [5, 10, 20].flatMap((percent) =>
  (['low', 'high'] as const).map((band) => ({
    ...{ figure: 'p50', band, percent },
    repeats: percent === 5 ? null : band === 'low' ? 3 : percent === 20 ? 6 : null,
  })),
);

describe('a noise floor', () => {
  test('reads well in a terminal', async () => {
    const floor = noiseFloor({
      figures: [bandFloor(), bandFloor({ band: 'high', sdLog: 0.08 })],
      detectable: found,
      falseAlarms: { comparisons: 20, repeats: 3, cells: 12, withRegressed: 1, withImproved: 0 },
    });
    await expect(`${renderNoise(floor, { width: 100, color: false })}\n`).toMatchFileSnapshot(
      '../golden/noise/terminal.txt',
    );
  });

  test('of too few runs says so', () => {
    expect(renderNoise(noiseFloor({ falseAlarms: null }), { width: 200, color: false })).toContain(
      'too few runs',
    );
  });
});
