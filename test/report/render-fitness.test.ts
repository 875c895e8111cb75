import { expect, it } from 'vitest';
import { judgeFitness, remarksOn } from '../../src/analyze/judge-fitness.js';
import { renderFitness } from '../../src/report/terminal/render-fitness.js';
import { engineFitness, fitness, limits } from '../support/fitness.js';

const { floor } = engineFitness();
const engine = [
  engineFitness({
    pacing: 'relaxed',
    floor: { ...floor, sendLagMs: { p50: 0.047, p99: null }, cpuPercent: 4.21 },
    highestRatePerSecond: 41_000,
  }),
  engineFitness(),
  engineFitness({ threads: 2, pacing: 'relaxed', highestRatePerSecond: 0 }),
];

/** As on two cores. */
const usual = (rate: number) => ({ threads: 1, pacing: rate < 20_000 ? 'relaxed' : 'precise' }) as const;

it.each([
  ['fit', fitness({ remarks: remarksOn(limits()), engine, verdict: judgeFitness(engine, usual) })],
  [
    'unfit',
    fitness({
      remarks: remarksOn(limits({ cores: 1, freeFiles: 250, loadAverage1m: 7.5 })),
      engine: engine.slice(2),
      verdict: judgeFitness(engine.slice(2), () => ({ threads: 2, pacing: 'relaxed' })),
    }),
  ],
])('a machine that is %s reads well at 80 columns', async (name, found) => {
  const text = renderFitness(found, { width: 80, color: false });
  for (const line of text.split('\n').slice(1)) expect(line.length).toBeLessThanOrEqual(80);
  await expect(`${text}\n`).toMatchFileSnapshot(`../golden/doctor/${name}.txt`);
});
