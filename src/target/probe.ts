import { sleep, timeLimit, type Clock } from '../kernel/clock.js';
import type { RequestBlueprint } from '../model/request.js';
import type { Target } from './target.js';

/** One request and the time that it takes on an idle target. */
export interface Probe {
  readonly request: RequestBlueprint;
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

const BASELINE_PROBES = 5;
const BASELINE_LIMIT_MS = 5000;

/** The usual time of a request: the median of five, sent one after another. */
export async function measureBaseline(
  clock: Clock,
  target: Target,
  request: RequestBlueprint,
  signal: AbortSignal,
): Promise<Probe> {
  const times: number[] = [];
  for (let probe = 0; probe < BASELINE_PROBES; probe += 1) {
    times.push((await timeRequest(clock, target, request, BASELINE_LIMIT_MS, signal)) ?? BASELINE_LIMIT_MS);
  }
  times.sort((a, b) => a - b);
  return { request, baselineMs: times[Math.floor(times.length / 2)] as number };
}

const PROBE_PERIOD_MS = 50;
const GOOD_IN_A_ROW = 3;

/**
 * Waits until every probe is answered near its baseline three times running: at most three times as
 * slow, or 25 ms slower. False when `limitMs` milliseconds do not suffice.
 */
export async function waitUntilRecovered(
  clock: Clock,
  target: Target,
  probes: readonly Probe[],
  limitMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const endUs = clock.nowUs() + limitMs * 1000;
  let good = 0;
  while (good < GOOD_IN_A_ROW) {
    const restMs = (endUs - clock.nowUs()) / 1000;
    if (restMs <= 0) return false;
    const times = await Promise.all(
      probes.map((probe) => timeRequest(clock, target, probe.request, restMs, signal)),
    );
    good = times.every((time, at) => isNear(time, probes[at]?.baselineMs ?? 0)) ? good + 1 : 0;
    if (good < GOOD_IN_A_ROW) await sleep(clock, PROBE_PERIOD_MS, signal);
  }
  return true;
}

function isNear(timeMs: number | undefined, baselineMs: number): boolean {
  return timeMs !== undefined && timeMs <= Math.max(3 * baselineMs, baselineMs + 25);
}
