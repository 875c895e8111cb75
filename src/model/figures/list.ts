import { LEAST_FOR_P99 } from '../results/verdict.js';
import type { FigureDefinition } from './figure.js';
import { GENERATOR_FIGURES } from './generator-figures.js';
import { latencyFigures } from './latency-figures.js';
import { REQUEST_FIGURES } from './request-figures.js';
import { TARGET_FIGURES } from './target-figures.js';

/**
 * Every figure of a cell, once, in the order of the record. A line added to it is in each output that the line names;
 * what is left to do is to renew the goldens, and a row in `docs/prometheus.md` for a new metric.
 */
export const FIGURES: readonly FigureDefinition[] = [
  ...REQUEST_FIGURES,
  ...latencyFigures(
    'response',
    {
      prefix: '',
      title: 'Response time',
      metric: { place: 140, help: 'Response time: from due to the last byte, all planned requests ranked' },
    },
    {
      mean: {
        table: [30, 'Avg', 'ms', 3],
        page: ['Response time, ms', 20, 'Mean', 'mean of all planned requests'],
      },
      p50: {
        table: [20, 'P50', 'ms', 7],
        page: ['Response time, ms', 10, 'p50', 'half of all planned requests took at most this long'],
        charted: [20, 'log'],
        compared: [20, 'P50', 'ms', 5],
        line: true,
      },
      p95: {
        table: [40, 'P95', 'ms', 5],
        page: ['Response time, ms', 30, 'p95', '95 % took at most this long'],
        charted: [30, 'log'],
        compared: [30, 'P95', 'ms', 4],
        line: true,
      },
      p99: {
        leastPlanned: LEAST_FOR_P99,
        table: [50, 'P99', 'ms'],
        page: [
          'Response time, ms',
          40,
          'p99',
          '99 % took at most this long; ~ where there are too few requests to be sure',
        ],
        charted: [40, 'log'],
        compared: [40, 'P99', 'ms'],
        line: true,
      },
      max: { page: ['Response time, ms', 50, 'Max', 'the longest'] },
      censored: {
        metric: ['unended_requests', 160, 'Requests of whose response time only a lower bound is known.'],
      },
    },
  ),
  ...latencyFigures('succeeded', { prefix: 'success.', title: 'Response time of the successes' }),
  ...latencyFigures('service', {
    prefix: 'service.',
    title: 'Service time',
    metric: { place: 143, help: 'Service time: from sent to the last byte' },
  }),
  ...latencyFigures(
    'sendLag',
    {
      prefix: 'send-lag.',
      title: 'Send lag',
      metric: { place: 146, help: "Send lag: from due to released, the generator's own lateness" },
    },
    {
      p50: { page: ['Send lag, ms', 10, 'p50', 'how late the generator itself was: median'] },
      p99: { page: ['Send lag, ms', 20, 'p99', 'how late the generator itself was: 99th percentile'] },
      max: { page: ['Send lag, ms', 30, 'Max', 'how late the generator itself was at worst'] },
    },
  ),
  ...latencyFigures('queueWait', {
    prefix: 'queue-wait.',
    title: 'Queue wait',
    metric: { place: 149, help: 'Queue wait: from released to sent, the wait for a free connection' },
  }),
  ...TARGET_FIGURES,
  ...GENERATOR_FIGURES,
];
