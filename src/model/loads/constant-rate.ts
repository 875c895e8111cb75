import { z } from 'zod';
import { seedFor } from '../../kernel/random.js';
import { parseDurationMs } from '../../kernel/units.js';
import { durationAboveZero } from './duration-text.js';
import { evenArrivals } from './even-arrivals.js';
import type { LoadKind, LoadWords } from './load-kind.js';
import { poissonArrivals } from './poisson-arrivals.js';
import { scaledMs } from './time-scale.js';

const RATE = { least: 0.1, most: 1_000_000, whole: false };

const common = {
  kind: z.literal('constant-rate'),
  ratePerSecond: z.number().positive(),
  durationMs: z.number().positive(),
};
const schema = z.discriminatedUnion('arrivals', [
  z.strictObject({ ...common, arrivals: z.literal('constant').describe('evenly spaced') }),
  z.strictObject({
    ...common,
    arrivals: z.literal('poisson').describe('independent of one another: exponential gaps'),
    seed: z.int().nonnegative().describe('the same seed gives the same arrivals'),
  }),
]);

const keys = {
  rates: z
    .array(z.number().min(RATE.least).max(RATE.most))
    .min(1)
    .optional()
    .describe('requests per second, each rate for each endpoint [1000, 2000]'),
  duration: durationAboveZero.optional().describe('measured time of each cell [10s]'),
  arrivals: z
    .enum(['constant', 'poisson'], 'expected constant or poisson')
    .optional()
    .describe('evenly spaced, or independent of one another [constant]'),
};

/** So many requests a second, each due whatever became of those before. */
export const constantRate: LoadKind<typeof schema, typeof keys> = {
  kind: 'constant-rate',
  schema,
  makes: {
    driver: 'open-loop',
    schedule: (load) =>
      load.arrivals === 'poisson'
        ? poissonArrivals(load.ratePerSecond, load.durationMs, load.seed)
        : evenArrivals(load.ratePerSecond, load.durationMs),
  },

  durationMs: ({ durationMs }) => durationMs,
  scaled: (load, factor) => ({ ...load, durationMs: scaledMs(load.durationMs, factor) }),
  ratesPerSecond: ({ ratePerSecond }) => [ratePerSecond],
  ratePerSecondAt: ({ ratePerSecond }) => ratePerSecond,
  spike: () => null,
  size: ({ ratePerSecond }) => ratePerSecond,
  // Without the seed of random arrivals: they are as random with another one.
  across: { name: 'rates', title: 'target rate', label: ({ ratePerSecond }) => `${ratePerSecond}/s` },
  identity: ({ arrivals, ratePerSecond, durationMs }) => ({
    shape: [arrivals, ratePerSecond],
    length: [durationMs],
  }),

  name: ({ ratePerSecond, arrivals }) => `${ratePerSecond}/s${arrivals === 'poisson' ? ' poisson' : ''}`,
  title: ({ ratePerSecond, arrivals }) =>
    `${ratePerSecond} requests/s${arrivals === 'poisson' ? ', Poisson arrivals' : ''}`,
  target: ({ ratePerSecond }) => String(ratePerSecond),
  idPart: ({ ratePerSecond }) => String(ratePerSecond),

  selector: { flag: 'rates', key: 'rates', accepts: () => true },
  flags: [
    { option: '--rates <n...>', help: 'requests per second, each rate for each endpoint [1000 2000]' },
    { option: '--duration <time>', help: 'measured time of each cell [10s]' },
    {
      option: '--arrivals <kind>',
      help: 'constant (evenly spaced) or poisson (independent) [constant]',
      usual: 'constant',
    },
  ],
  heavier: ({ ratePerSecond }, factors) => ({
    '--rates': factors.map((factor) => String(Number((factor * ratePerSecond).toPrecision(2)))),
  }),
  easing: 'lower the rate',
  why: 'a rate is kept whatever the answers are',
  keys,
  read(words, given) {
    const rates = words.numbers('rates', RATE) ?? given.rates ?? [1000, 2000];
    const inScenario = given.duration === undefined ? undefined : parseDurationMs(given.duration);
    const durationMs = words.durationMs('duration', 1) ?? inScenario ?? 10_000;
    const arrivals = readArrivals(words) ?? given.arrivals ?? 'constant';
    return rates.map((ratePerSecond) => {
      const load = { kind: 'constant-rate', ratePerSecond, durationMs } as const;
      return arrivals === 'constant'
        ? { ...load, arrivals }
        : // Of the run's seed alone: both sides of a comparison get the same arrivals.
          { ...load, arrivals, seed: seedFor(words.seed, 'arrivals') };
    });
  },
};

function readArrivals(words: LoadWords): 'constant' | 'poisson' | undefined {
  const text = words.text('arrivals');
  if (text === undefined || text === 'constant' || text === 'poisson') return text;
  words.complain('arrivals', 'constant or poisson', text);
  return undefined;
}
