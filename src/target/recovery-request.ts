import { sleep, timeLimit, type Clock } from '../kernel/clock.js';
import type { Operation, RequestBlueprint } from '../model/requests/request.js';
import type { Target } from './target.js';

/** One request and the time that it takes on an idle target. */
export interface RecoveryRequest {
  readonly request: RequestBlueprint;
  /** By what people know the request; the template of its path, without values, which may be secrets. */
  readonly operation: Pick<Operation, 'method' | 'path'>;
  readonly baselineMs: number;
}

/** Milliseconds to the full answer of whatever status; undefined when none came in time. */
async function timeRequest(
  clock: Clock,
  target: Target,
  request: RequestBlueprint,
  limitMs: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  const limit = timeLimit(limitMs, signal);
  const startUs = clock.nowUs();
  try {
    const { path, ...rest } = request;
    await target.fetch(target.origin + path, { ...rest, signal: limit });
    return (clock.nowUs() - startUs) / 1000;
  } catch {
    // No answer is an answer here: the target is not well. An interrupt, though, ends the wait.
    signal.throwIfAborted();
    return undefined;
  }
}

const BASELINE_REQUESTS = 5;
const BASELINE_LIMIT_MS = 5000;

/** The usual time of a request: the median of five, sent one after another; undefined when most had no answer. */
export async function measureBaseline(
  clock: Clock,
  target: Target,
  request: RequestBlueprint,
  signal: AbortSignal,
): Promise<RecoveryRequest | undefined> {
  const times: number[] = [];
  for (let one = 0; one < BASELINE_REQUESTS; one += 1) {
    times.push((await timeRequest(clock, target, request, BASELINE_LIMIT_MS, signal)) ?? Infinity);
  }
  times.sort((a, b) => a - b);
  const baselineMs = times[Math.floor(times.length / 2)] as number;
  return baselineMs === Infinity ? undefined : { request, operation: request, baselineMs };
}

const ASK_PERIOD_MS = 50;
const GOOD_IN_A_ROW = 3;

/** How a wait ended, and how many times each one was sent for it. */
export interface RecoveryWait {
  readonly hasRecovered: boolean;
  readonly rounds: number;
}

/**
 * Waits until every one is answered near its baseline three times running: at most three times as
 * slow, or 25 ms slower. It has not recovered when `limitMs` milliseconds do not suffice.
 */
export async function waitUntilRecovered(
  clock: Clock,
  target: Target,
  requests: readonly RecoveryRequest[],
  limitMs: number,
  signal: AbortSignal,
): Promise<RecoveryWait> {
  const endUs = clock.nowUs() + limitMs * 1000;
  let good = 0;
  let rounds = 0;
  while (good < GOOD_IN_A_ROW) {
    const restMs = (endUs - clock.nowUs()) / 1000;
    if (restMs <= 0) return { hasRecovered: false, rounds };
    rounds += 1;
    const times = await Promise.all(
      requests.map((one) => timeRequest(clock, target, one.request, restMs, signal)),
    );
    good = times.every((time, at) => isNear(time, requests[at]?.baselineMs ?? 0)) ? good + 1 : 0;
    if (good < GOOD_IN_A_ROW) await sleep(clock, ASK_PERIOD_MS, signal);
  }
  return { hasRecovered: true, rounds };
}

function isNear(timeMs: number | undefined, baselineMs: number): boolean {
  return timeMs !== undefined && timeMs <= Math.max(3 * baselineMs, baselineMs + 25);
}
