import { sleep, timeLimit, type Clock } from '../kernel/clock.js';
import { reasonOf, UserError } from '../kernel/errors.js';
import { formatDuration } from '../kernel/units.js';
import type { Target } from './target.js';

const POLL_PERIOD_MS = 50;
const ANSWER_LIMIT_MS = 2000;
const SHOWN_LINES = 15;

/** Resolves when `path` answers 2xx; fails when the target ends first or takes longer than the limit. */
export async function waitUntilReady(
  clock: Clock,
  target: Target,
  path: string,
  limitMs: number,
  signal: AbortSignal,
): Promise<void> {
  const endUs = clock.nowUs() + limitMs * 1000;
  let lastAnswer = 'no answer';
  while (clock.nowUs() < endUs) {
    if (target.death !== undefined)
      throw await neverReady(target, `The target ${target.death} before it was ready.`);
    lastAnswer = await ask(`${target.origin}${path}`, signal);
    if (lastAnswer === READY) return;
    await sleep(clock, POLL_PERIOD_MS, signal);
  }
  const waited = `The target was not ready after ${formatDuration(limitMs)}: GET ${path} gave ${lastAnswer}.`;
  throw await neverReady(target, waited);
}

const READY = 'ready';

async function ask(url: string, signal: AbortSignal): Promise<string> {
  const limit = timeLimit(ANSWER_LIMIT_MS, signal);
  try {
    const answer = await fetch(url, { signal: limit, redirect: 'manual' });
    await answer.arrayBuffer();
    return answer.ok ? READY : `status ${answer.status}`;
  } catch (error) {
    signal.throwIfAborted();
    return reasonOf(error);
  }
}

async function neverReady(target: Target, message: string): Promise<UserError> {
  const lines = await target.lastOutput(SHOWN_LINES);
  const shown =
    lines.length === 0
      ? 'It wrote nothing. Check that its command listens on the given host and port.'
      : `Its last output:\n${lines.map((line) => `  │ ${line}`).join('\n')}`;
  return new UserError('run', message, shown);
}
