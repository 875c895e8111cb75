import { sleep, timeLimit, type Clock } from '../kernel/clock.js';
import { reasonOf, UserError } from '../kernel/errors.js';
import { formatDuration } from '../kernel/units.js';
import type { Target } from './target.js';

const POLL_PERIOD_MS = 50;
const ANSWER_LIMIT_MS = 2000;
const SHOWN_LINES = 15;

export interface Readiness {
  readonly path: string;
  /** Whether any answer below 500 will do: the path is not one that was named for this purpose. */
  readonly isAnyAnswerGood: boolean;
  readonly limitMs: number;
}

/** Resolves when `path` answers well; fails when the target ends first or takes longer than the limit. */
export async function waitUntilReady(
  clock: Clock,
  target: Target,
  { path, isAnyAnswerGood, limitMs }: Readiness,
  signal: AbortSignal,
): Promise<void> {
  const endUs = clock.nowUs() + limitMs * 1000;
  let lastAnswer = 'no answer';
  while (clock.nowUs() < endUs) {
    if (target.death !== undefined)
      throw await neverReady(target, `The target ${target.death} before it was ready.`);
    const answer = await ask(target, path, signal);
    if (typeof answer === 'number' && (answer < 300 || (isAnyAnswerGood && answer < 500))) return;
    lastAnswer = typeof answer === 'number' ? `status ${answer}` : answer;
    await sleep(clock, POLL_PERIOD_MS, signal);
  }
  const waited = `The target was not ready after ${formatDuration(limitMs)}: GET ${path} gave ${lastAnswer}.`;
  if (/certificate/i.test(lastAnswer)) throw new UserError('run', waited, 'If you trust it: --insecure.');
  throw await neverReady(target, waited);
}

/** The status, or why there is none. */
async function ask({ origin, fetch }: Target, path: string, signal: AbortSignal): Promise<number | string> {
  const limit = timeLimit(ANSWER_LIMIT_MS, signal);
  try {
    const answer = await fetch(origin + path, { signal: limit, redirect: 'manual' });
    await answer.arrayBuffer();
    return answer.status;
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
