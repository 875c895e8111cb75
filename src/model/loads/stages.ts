import { z } from 'zod';
import type { LoadKind } from './load-kind.js';
import { spikeIn } from './spike.js';
import { stageArrivals } from './stage-arrivals.js';
import { stageSchema, type Stage } from './stage.js';
import { formatStages, parseStages } from './stages-notation.js';
import { scaledMs } from './time-scale.js';

const schema = z.strictObject({
  kind: z.literal('stages'),
  stages: z.array(stageSchema).min(1).describe('one after the other, the rate changing evenly in each'),
});
type Stages = z.infer<typeof schema>;

const notation = z.string().superRefine((text, context) => {
  for (const { stage, expected } of parseStages(text).problems) {
    const where = stage === undefined ? '' : ` as stage ${stage}`;
    context.addIssue({ code: 'custom', message: `expected ${expected}${where}` });
  }
});
const keys = {
  stages: notation
    .optional()
    .describe('rates that change, instead of rates and duration: "0:100@2m, 500@30s"'),
};

/** Rates that change evenly within each stage. */
export const stages: LoadKind<typeof schema, typeof keys> = {
  kind: 'stages',
  schema,
  makes: { driver: 'open-loop', schedule: (load) => stageArrivals(load.stages) },

  durationMs: (load) => load.stages.reduce((sum, { durationMs }) => sum + durationMs, 0),
  scaled: (load, factor) => ({
    ...load,
    stages: load.stages.map((one) => ({ ...one, durationMs: scaledMs(one.durationMs, factor) })),
  }),
  ratesPerSecond,
  ratePerSecondAt: (load, elapsedMs) => rateInStages(load.stages, elapsedMs),
  spike: (load) =>
    spikeIn(
      load.stages.map(({ fromRatePerSecond: from, toRatePerSecond: to, durationMs }) => ({
        ...{ from, to, durationMs },
      })),
    ),
  size: (load) => Math.max(...ratesPerSecond(load)),
  across: null,
  identity: (load) => ({
    shape: load.stages.flatMap(ratesOfStage),
    length: load.stages.map(({ durationMs }) => durationMs),
  }),

  name: (load) => `stages ${shortened(ratesPerSecond(load)).join('→')}/s`,
  title: (load) => `stages ${formatStages(load.stages)}`,
  target(load) {
    const rates = ratesPerSecond(load);
    const [lowest, highest] = [Math.min(...rates), Math.max(...rates)];
    return lowest === highest ? String(highest) : `${lowest}→${highest}`;
  },
  idPart: () => 'stages',

  selector: { flag: 'stages', key: 'stages', accepts: () => true },
  flags: [{ option: '--stages <list>', help: "changing rates instead: 'FROM:TO@TIME, TO@TIME, …'" }],
  keys,
  conflict({ stages: given, rates, duration, arrivals }) {
    const isAlone = rates === undefined && duration === undefined && arrivals !== 'poisson';
    if (given === undefined || isAlone) return undefined;
    return {
      key: 'stages',
      message: 'expected neither rates nor a duration nor poisson arrivals beside stages',
    };
  },
  easing: 'lower the rates',
  why: 'stages say themselves how fast and how long, and their requests are evenly spaced',
  read(words, given) {
    const text = words.text('stages');
    // Those of the scenario were checked when it was read.
    const { stages: list, problems } = parseStages(text ?? given.stages ?? '');
    if (text !== undefined)
      for (const { expected, came } of problems) words.complain('stages', expected, came);
    return [{ kind: 'stages', stages: list }];
  },
};

/** A rate that stays is named once. */
function ratesPerSecond(load: Stages): number[] {
  return load.stages.flatMap(ratesOfStage).filter((rate, at, rates) => rate !== rates[at - 1]);
}

function ratesOfStage({ fromRatePerSecond, toRatePerSecond }: Stage): number[] {
  return [fromRatePerSecond, toRatePerSecond];
}

function rateInStages(list: readonly Stage[], elapsedMs: number): number {
  let startMs = 0;
  for (const { fromRatePerSecond, toRatePerSecond, durationMs } of list) {
    const share = (elapsedMs - startMs) / durationMs;
    if (share < 1) return fromRatePerSecond + share * (toRatePerSecond - fromRatePerSecond);
    startMs += durationMs;
  }
  return list.at(-1)?.toRatePerSecond ?? 0;
}

const MOST_RATES = 8;

function shortened(rates: readonly number[]): string[] {
  const words = rates.map(String);
  return words.length <= MOST_RATES ? words : [...words.slice(0, 4), '…', ...words.slice(-3)];
}
