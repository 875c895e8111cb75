import type { ThinkTime } from './think-time.js';

/** Times from the window's opening, in microseconds; the end is not part of it. */
export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}

/**
 * The users of a closed loop. Each sends one request at a time, and the next one when it has had its answer and its think
 * time is over.
 */
export interface Population {
  /** Most users at once. They are numbered from 0, and each has a connection of its own. */
  readonly most: number;
  /** When a user is at work, in ascending order: a request of its is due within these. */
  spansOf(user: number): readonly Span[];
  readonly think: ThinkTime | null;
  /** How many requests all send together; null = as many as the time allows. */
  readonly requests: number | null;
  /** When all are at work; null where that is not the aim. */
  readonly full: Span | null;
}

/** A part of a load in which the number of users changes evenly from one figure to another. */
export interface UserStage {
  readonly fromUsers: number;
  readonly toUsers: number;
  readonly durationMs: number;
}

/**
 * When the user with a number is at work: while the number of users that is wanted exceeds it. So user 0 starts as the
 * number leaves 0, and user 9 ends as it falls below 10.
 */
export function spansInStages(stages: readonly UserStage[], user: number): Span[] {
  const spans: { fromUs: number; toUs: number }[] = [];
  let startUs = 0;
  for (const { fromUsers, toUsers, durationMs } of stages) {
    const lengthUs = durationMs * 1000;
    const span = spanInStage(fromUsers, toUsers, user);
    if (span !== undefined) {
      const [from, to] = span;
      const last = spans.at(-1);
      // One that worked to the end of the last stage goes on.
      if (last !== undefined && from === 0 && last.toUs === startUs) last.toUs = startUs + to * lengthUs;
      else spans.push({ fromUs: startUs + from * lengthUs, toUs: startUs + to * lengthUs });
    }
    startUs += lengthUs;
  }
  return spans;
}

/** As shares of the stage. */
function spanInStage(from: number, to: number, user: number): [number, number] | undefined {
  const isThere = (users: number): boolean => users > user;
  if (isThere(from) && isThere(to)) return [0, 1];
  if (!isThere(from) && !isThere(to)) return undefined;
  const crossing = (user - from) / (to - from);
  if (isThere(to)) return crossing < 1 ? [crossing, 1] : undefined;
  return crossing > 0 ? [0, crossing] : undefined;
}

/** The users whose number is `first` modulo `of`, and their part of the requests. */
export function everyNthUser(whole: Population, first: number, of: number): Population {
  const share = (count: number): number => Math.max(0, Math.ceil((count - first) / of));
  return {
    ...whole,
    most: share(whole.most),
    spansOf: (user) => whole.spansOf(first + user * of),
    requests: whole.requests === null ? null : share(whole.requests),
  };
}
