import { z } from 'zod';
import { formatDuration, parseDurationMs } from '../../kernel/units.js';
import { formatFigure } from '../../kernel/format.js';
import type { LoadKind, LoadWords } from './load-kind.js';
import type { Population } from './population.js';
import { formatThinkTime, thinkTimeIdentity, thinkTimeSchema } from './think-time.js';
import { readThinkTime, thinkTimeKey } from './think-words.js';
import { scaledMs } from './time-scale.js';
import { userStagesNotation } from './user-stages.js';

const USERS = { least: 1, most: 100_000, whole: true };
const SPAWN_RATE = { least: 0.001, most: 1_000_000, whole: false, mayRepeat: true };
/** Unless a spawn rate is given, all users start in this part of the window. */
const SPAWN_SHARE = 0.1;

const schema = z.strictObject({
  kind: z.literal('users'),
  users: z.int().positive().describe('at once; each sends its next request after its answer'),
  spawnRatePerSecond: z.number().positive().describe('users that start each second'),
  durationMs: z.number().positive(),
  think: thinkTimeSchema.nullable().describe('from an answer to the next request; null = none'),
});
type Users = z.infer<typeof schema>;

const spawnRate = z.number().min(SPAWN_RATE.least).max(SPAWN_RATE.most);

const keys = {
  users: z
    .union(
      [z.array(z.int().min(USERS.least).max(USERS.most)).min(1), userStagesNotation],
      'expected a list of numbers such as [10, 50], or stages such as "0:100@2m, 500@30s"',
    )
    .optional()
    .describe('users at once (closed loop), in place of rates; each number makes a cell'),
  spawnRate: z
    .union(
      [spawnRate, z.array(spawnRate).min(1)],
      `expected a number from ${SPAWN_RATE.least} to ${SPAWN_RATE.most}, or a list of them, one for each number of users`,
    )
    .optional()
    .describe(
      'users that start each second, or a list, one for each number of users [all in the first tenth of the duration]',
    ),
  think: thinkTimeKey,
};

/** So many users, each of which waits for its answer: the closed loop. */
export const users: LoadKind<typeof schema, typeof keys> = {
  kind: 'users',
  schema,
  makes: { driver: 'closed-loop', population },

  durationMs: ({ durationMs }) => durationMs,
  scaled: (load, factor) => ({
    ...load,
    spawnRatePerSecond: load.spawnRatePerSecond / factor,
    durationMs: scaledMs(load.durationMs, factor),
  }),
  ratesPerSecond: () => [],
  ratePerSecondAt: () => null,
  spike: () => null,
  asksAll: true,
  size: ({ users: count }) => count,
  across: { name: 'users', title: 'users', label: ({ users: count }) => usersInWords(count) },
  identity: (load) => ({
    shape: [load.users, load.spawnRatePerSecond, thinkTimeIdentity(load.think)],
    length: [load.durationMs],
  }),

  name: ({ users: count }) => usersInWords(count),
  title: ({ users: count, think }) =>
    `${usersInWords(count)} (closed loop${think === null ? '' : `, think time ${formatThinkTime(think)}`})`,
  target: ({ users: count }) => usersInWords(count),
  idPart: ({ users: count }) => `u${count}`,

  selector: { flag: 'users', key: 'users', accepts: (text) => !text.includes('@') },
  flags: [
    {
      option: '--users <n...>',
      help: "users at once instead of rates (closed loop), or stages: '0:100@2m, 500@30s'",
    },
    {
      option: '--spawn-rate <n...>',
      help: 'users that start each second, one for all or one for each of --users [all in a tenth of the duration]',
    },
    { option: '--think <time>', help: 'from an answer to the next request: 1s, 0.1s-2s, exp:1s [none]' },
  ],
  alsoTakes: ['duration'],
  heavier: ({ users: count }, factors) => ({
    '--users': factors.map((factor) => String(factor * count)),
  }),
  easing: 'use fewer users',
  why: 'users send when their answers have come',
  keys,
  read(words, given) {
    const inScenario = Array.isArray(given.users) ? given.users : [];
    const counts = words.numbers('users', USERS) ?? inScenario;
    const rateOf = readSpawnRates(words, counts, inScenario, given.spawnRate);
    const think = readThinkTime(words, given.think);
    const durationMs = words.durationMs('duration', 1) ?? scenarioMs(given) ?? 10_000;
    return counts.map((count, at): Users => {
      const spawnRatePerSecond = rateOf(count, at) ?? (count * 1000) / (SPAWN_SHARE * durationMs);
      const needed = (count * 1000) / durationMs;
      if (spawnRatePerSecond < needed)
        words.refuse(
          `--spawn-rate: at ${spawnRatePerSecond}/s, ${usersInWords(count)} take ${formatFigure(count / spawnRatePerSecond)}s to start, ` +
            `and the window is ${formatDuration(durationMs)} long: give --spawn-rate ${Math.ceil(needed)} or more, or a longer --duration`,
        );
      return { kind: 'users', users: count, spawnRatePerSecond, durationMs, think };
    });
  },
};

type RateOf = (count: number, at: number) => number | undefined;

/** The flag's rates go with the numbers of users by their place; those of the scenario's list with its own numbers. */
function readSpawnRates(
  words: LoadWords,
  counts: readonly number[],
  inScenario: readonly number[],
  given: number | readonly number[] | undefined,
): RateOf {
  const rates = words.numbers('spawn-rate', SPAWN_RATE) ?? (typeof given === 'number' ? [given] : undefined);
  if (rates !== undefined) {
    if (rates.length > 1 && rates.length !== counts.length)
      words.complain('spawn-rate', `one rate, or ${counts.length}: one for each of --users`, rates.join(' '));
    return (_, at) => (rates.length === 1 ? rates[0] : rates[at]);
  }
  if (typeof given !== 'object') return () => undefined;
  if (given.length !== inScenario.length)
    words.refuse(
      `load.spawnRate: expected one rate, or ${inScenario.length}: one for each of load.users, came ${given.join(', ')}`,
    );
  return (count) => given[inScenario.indexOf(count)];
}

/** The duration is a key of constant rates too. */
function scenarioMs(given: Readonly<Record<string, unknown>>): number | undefined {
  return typeof given['duration'] === 'string' ? parseDurationMs(given['duration']) : undefined;
}

function usersInWords(count: number): string {
  return count === 1 ? '1 user' : `${count} users`;
}

function population({ users: most, spawnRatePerSecond, durationMs, think }: Users): Population {
  const toUs = durationMs * 1000;
  const spawnUs = (user: number): number => (user * 1e6) / spawnRatePerSecond;
  return {
    most,
    spansOf: (user) => (spawnUs(user) < toUs ? [{ fromUs: spawnUs(user), toUs }] : []),
    think,
    requests: null,
    full: { fromUs: spawnUs(most - 1), toUs },
  };
}
