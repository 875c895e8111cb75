import { achievedRps } from './keeping-up.js';
import { latencyFigures } from './latency.js';
import type { GeneratorShare } from '../model/generation/generator.js';
import type { Measurements, Outcomes } from '../model/generation/measurements.js';
import type { OperationRecord } from '../model/results/operation-record.js';
import { populationOf, type Load } from '../model/loads/index.js';
import type { CellRecord } from '../model/results/cell-record.js';

type Operations = GeneratorShare['operations'];

/** What the answers of the cell had to be, where that is one thing. */
export function expectOf(operations: Operations): Pick<CellRecord, 'expect'> {
  const [only, another] = operations;
  return only?.check === undefined || another ? {} : { expect: only.check };
}

export function countsOf(outcomes: Outcomes): OperationRecord['counts'] {
  const { planned, sent, completed, succeeded, failed, timedOut, dropped, unfinished } = outcomes;
  return { planned, sent, completed, succeeded, failed, timedOut, dropped, unfinished };
}

export function answersOf({
  statusCodes,
  failures,
  bytesReceived,
  bytesSent,
}: Outcomes): Pick<OperationRecord, 'statusCodes' | 'failures' | 'bytes'> {
  return { statusCodes, failures, bytes: { received: bytesReceived, sent: bytesSent } };
}

interface RatedWindow {
  readonly keepsUp: boolean | null;
  readonly windowMs: number;
  readonly isClosed: boolean;
}

/** Of a closed loop: successes that came in the window, a second. */
export function rateInWindow({ succeededInWindow }: Outcomes, windowMs: number): number {
  return (1000 * succeededInWindow) / windowMs;
}

/** Of the requests that were due while all users of a closed loop were at work. */
export function withAllUsersOf(
  load: Load,
  { withAllUsers }: Pick<Measurements, 'withAllUsers'>,
  windowMs: number,
): Pick<CellRecord, 'withAllUsers'> {
  const span = populationOf(load)?.full;
  if (withAllUsers === null || !span || span.fromUs >= windowMs * 1000) return {};
  const toUs = Math.min(span.toUs, windowMs * 1000);
  const { outcomes, response, succeededWithin } = withAllUsers;
  return {
    withAllUsers: {
      fromMs: span.fromUs / 1000,
      counts: countsOf(outcomes),
      achievedRps: (1e6 * succeededWithin) / (toUs - span.fromUs),
      ...answersOf(outcomes),
      latencyMs: { response: latencyFigures(response) },
      histograms: {
        response: response.observed.histogram,
        responseCensored: response.censored.histogram,
      },
    },
  };
}

/** The figures of each operation, where there are several, in a window of which it is known whether the target kept up. */
export function byOperationOf(
  operations: Operations,
  { byOperation, stamps }: Pick<Measurements, 'byOperation' | 'stamps'>,
  { keepsUp, windowMs, isClosed }: RatedWindow,
): Pick<CellRecord, 'byOperation'> {
  if (byOperation.length === 0) return {};
  const records = byOperation.map(({ outcomes, response, succeeded }, at): OperationRecord => {
    // In the same time as those of the cell, so that they add up.
    const rated = { outcomes, flow: { succeeded }, succeeded: stamps.succeeded };
    const check = operations[at]?.check;
    return {
      ...(check === undefined ? {} : { expect: check }),
      counts: countsOf(outcomes),
      achievedRps: isClosed ? rateInWindow(outcomes, windowMs) : achievedRps(rated, keepsUp, windowMs),
      ...answersOf(outcomes),
      latencyMs: { response: latencyFigures(response) },
      histograms: {
        response: response.observed.histogram,
        responseCensored: response.censored.histogram,
      },
    };
  });
  return { byOperation: records };
}
