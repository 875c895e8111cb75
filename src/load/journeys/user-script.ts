import type { RequestSource } from '../../model/requests/request.js';

/** What the users of a closed loop send, one request after the other. Users are those of this generator, from 0. */
export interface UserScript {
  /** Asked by an index that `next` gave. */
  readonly source: RequestSource;
  /** The index of the user's next request; once for each. */
  next(user: number): number;
  /** The user's request has ended; how long it thinks now, in microseconds. */
  end(user: number): number;
  /**
   * Takes from an answer, while the transport keeps it, what the user's later requests need: the kind of failure where
   * that is missing, or ''. Undefined where nothing is taken.
   */
  readonly onAnswer: ((user: number, isGood: boolean) => string) | undefined;
}
