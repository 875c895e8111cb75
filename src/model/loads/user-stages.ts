import { z } from 'zod';
import type { LoadKind } from './load-kind.js';
import { spansInStages, type Population } from './population.js';
import { spikeIn } from './spike.js';
import { formatStages, parseStages } from './stages-notation.js';
import { formatThinkTime, thinkTimeIdentity, thinkTimeSchema } from './think-time.js';
import { readThinkTime } from './think-words.js';
import { scaledMs } from './time-scale.js';

const schema = z.strictObject({
  kind: z.literal('user-stages'),
  stages: z
    .array(
      z.strictObject({
        fromUsers: z.number().nonnegative(),
        toUsers: z.number().nonnegative(),
        durationMs: z.number().positive(),
      }),
    )
    .min(1)
    .describe('one after the other, the number of users changing evenly in each'),
  think: thinkTimeSchema.nullable().describe('from an answer to the next request; null = none'),
});
type UserStages = z.infer<typeof schema>;

/** Stages of users in a scenario file. */
export const userStagesNotation = z.string().superRefine((text, context) => {
  for (const { stage, expected } of parseStages(text, 'users').problems) {
    const where = stage === undefined ? '' : ` as stage ${stage}`;
    context.addIssue({ code: 'custom', message: `expected ${expected}${where}` });
  }
});

/** Users whose number changes evenly within each stage. */
export const userStages: LoadKind<typeof schema, Readonly<Record<string, never>>> = {
  kind: 'user-stages',
  schema,
  makes: { driver: 'closed-loop', population },

  durationMs: (load) => load.stages.reduce((sum, { durationMs }) => sum + durationMs, 0),
  scaled: (load, factor) => ({
    ...load,
    stages: load.stages.map((one) => ({ ...one, durationMs: scaledMs(one.durationMs, factor) })),
  }),
  ratesPerSecond: () => [],
  ratePerSecondAt: () => null,
  spike: (load) =>
    spikeIn(load.stages.map(({ fromUsers: from, toUsers: to, durationMs }) => ({ from, to, durationMs }))),
  asksAll: true,
  size: mostUsers,
  across: null,
  identity: (load) => ({
    shape: [
      ...load.stages.flatMap(({ fromUsers, toUsers }) => [fromUsers, toUsers]),
      thinkTimeIdentity(load.think),
    ],
    length: load.stages.map(({ durationMs }) => durationMs),
  }),

  name: (load) => `users ${turnsOf(load).join('→')}`,
  title: ({ stages, think }) =>
    `users ${formatStages(asRates(stages))} (closed loop${think === null ? '' : `, think time ${formatThinkTime(think)}`})`,
  target: (load) => `${turnsOf(load).join('→')} users`,
  idPart: () => 'ustages',

  selector: { flag: 'users', key: 'users', accepts: (text) => text.includes('@') },
  flags: [],
  alsoTakes: ['users', 'think'],
  easing: 'use fewer users',
  why: 'stages say themselves how many users there are and how long',
  keys: {},
  read(words, given: Readonly<Record<string, unknown>>) {
    const flag = words.text('users');
    const text = flag ?? String(given['users']);
    const { stages, problems } = parseStages(text, 'users');
    // Those of the scenario were reported when it was read.
    if (flag !== undefined)
      for (const { expected, came } of problems) words.complain('users', expected, came);
    const think = readThinkTime(words, given['think'] as string | undefined);
    return [
      {
        kind: 'user-stages',
        stages: stages.map(({ fromRatePerSecond, toRatePerSecond, durationMs }) => ({
          ...{ fromUsers: fromRatePerSecond, toUsers: toRatePerSecond, durationMs },
        })),
        think,
      },
    ];
  },
};

function asRates(stages: UserStages['stages']): Parameters<typeof formatStages>[0] {
  return stages.map(({ fromUsers, toUsers, durationMs }) => ({
    ...{ fromRatePerSecond: fromUsers, toRatePerSecond: toUsers, durationMs },
  }));
}

function turnsOf({ stages }: UserStages): number[] {
  return stages
    .flatMap(({ fromUsers, toUsers }) => [fromUsers, toUsers])
    .filter((count, at, all) => count !== all[at - 1]);
}

function mostUsers({ stages }: UserStages): number {
  return Math.max(...stages.flatMap(({ fromUsers, toUsers }) => [fromUsers, toUsers]));
}

function population(load: UserStages): Population {
  return {
    most: Math.ceil(mostUsers(load)),
    spansOf: (user) => spansInStages(load.stages, user),
    think: load.think,
    requests: null,
    full: null,
  };
}
