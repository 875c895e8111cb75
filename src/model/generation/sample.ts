import type { AnswerStart } from './failed-answer.js';

/** How a planned request ended; the accounting identity sums over these. */
export type Outcome =
  'succeeded' | 'wrong-status' | 'failed-check' | 'network-failure' | 'timed-out' | 'dropped' | 'unfinished';

/**
 * One planned request at its end. Stamps are microseconds after the window's start. The object is
 * reused for the next sample: collectors read it and keep nothing of it.
 */
export interface Sample {
  /** Which of the share's operations was asked. */
  operation: number;
  dueUs: number;
  /** When the generator got to it; NaN if it never did. */
  releasedUs: number;
  /** When it was handed to an open connection; NaN if it never was. */
  sentUs: number;
  /** When its answer was complete, or when it was given up. */
  doneUs: number;
  outcome: Outcome;
  /** 0 without an answer. */
  status: number;
  /** The kind of network failure or of failed check, else ''. */
  failure: string;
  bytesReceived: number;
  bytesSent: number;
  /** Of the first answer that failed in its way: how it begins; else null. */
  answer: AnswerStart | null;
}

/** Whether a full answer came, of whatever status. */
export function isAnswered(outcome: Outcome): boolean {
  return outcome === 'succeeded' || outcome === 'wrong-status' || outcome === 'failed-check';
}

/** One to be filled in again and again. */
export function emptySample(): Sample {
  return {
    operation: 0,
    dueUs: 0,
    releasedUs: 0,
    sentUs: 0,
    doneUs: 0,
    outcome: 'succeeded',
    status: 0,
    failure: '',
    bytesReceived: 0,
    bytesSent: 0,
    answer: null,
  };
}
