import { z } from 'zod';
import { plural } from '../../kernel/format.js';
import type { LoadKind } from './load-kind.js';
import type { Population } from './population.js';

const REQUESTS = { least: 1, most: 1_000_000_000, whole: true };
const CONCURRENCY = { least: 1, most: 100_000, whole: true };

const schema = z.strictObject({
  kind: z.literal('fixed-count'),
  requests: z.int().positive(),
  concurrency: z.int().positive().describe('requests at once; the next one is sent after an answer'),
});
type FixedCount = z.infer<typeof schema>;

const keys = {
  requests: z
    .int()
    .min(REQUESTS.least)
    .max(REQUESTS.most)
    .optional()
    .describe('a fixed number of requests for each endpoint (closed loop), in place of rates'),
  concurrency: z
    .array(z.int().min(CONCURRENCY.least).max(CONCURRENCY.most))
    .min(1)
    .optional()
    .describe('of these, requests at once; each number makes a cell [10]'),
};

/** So many requests, a few at a time, for as long as that takes. */
export const fixedCount: LoadKind<typeof schema, typeof keys> = {
  kind: 'fixed-count',
  schema,
  makes: { driver: 'closed-loop', population },

  durationMs: () => null,
  scaled: null,
  ratesPerSecond: () => [],
  ratePerSecondAt: () => null,
  spike: () => null,
  size: ({ concurrency }) => concurrency,
  across: {
    name: 'concurrency',
    title: 'requests at once',
    label: ({ concurrency }) => `${concurrency} at once`,
  },
  identity: ({ requests, concurrency }) => ({ shape: [concurrency], length: [requests] }),

  name: ({ requests, concurrency }) => `${plural(requests, 'request')}, ${concurrency} at once`,
  title: ({ requests, concurrency }) =>
    `${plural(requests, 'request')}, ${concurrency} at once (closed loop)`,
  target: ({ concurrency }) => `${concurrency} at once`,
  idPart: ({ requests, concurrency }) => `n${requests}c${concurrency}`,

  selector: { flag: 'requests', key: 'requests', accepts: () => true },
  flags: [
    { option: '--requests <n>', help: 'a fixed number of requests instead of rates (closed loop)' },
    { option: '--concurrency <n...>', help: 'of these, requests at once [10]' },
  ],
  heavier: ({ concurrency }, factors) => ({
    '--concurrency': factors.map((factor) => String(factor * concurrency)),
  }),
  easing: 'lower --concurrency',
  why: 'a number of requests takes the time that it takes',
  keys,
  read(words, given) {
    const requests = words.numbers('requests', REQUESTS)?.[0] ?? given.requests ?? 1;
    const asked = words.numbers('concurrency', CONCURRENCY) ?? given.concurrency;
    const levels = asked ?? [Math.min(10, requests)];
    const tooMany = levels.filter((concurrency) => concurrency > requests);
    if (tooMany.length > 0)
      words.refuse(
        `--concurrency: ${tooMany.join(' and ')} at once is more than ${plural(requests, 'request')}: ` +
          'lower it, or raise --requests',
      );
    return levels.map((concurrency): FixedCount => ({ kind: 'fixed-count', requests, concurrency }));
  },
};

function population({ requests, concurrency }: FixedCount): Population {
  const always = { fromUs: 0, toUs: Infinity };
  return { most: concurrency, spansOf: () => [always], think: null, requests, full: null };
}
