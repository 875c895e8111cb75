import type { PreflightState } from '../../model/results/preflight.js';

/** What came of one request. */
export interface Asked {
  /** Null when no answer came. */
  readonly status: number | null;
  /** Whether the status is one that counts as a success. */
  readonly isExpected: boolean;
  /** Whether the answer holds all else that is expected of it. */
  readonly isAsChecked: boolean;
}

const BY_STATUS: Readonly<Record<number, PreflightState>> = {
  400: 'validation',
  401: 'missing-auth',
  403: 'missing-auth',
  404: 'missing-test-data',
  405: 'method-not-allowed',
  406: 'unsupported-media',
  409: 'validation',
  410: 'missing-test-data',
  413: 'validation',
  414: 'validation',
  415: 'unsupported-media',
  422: 'validation',
  429: 'rate-limited',
  501: 'method-not-allowed',
};

/** Which kind of mend an answer asks for. */
export function classifyAnswer({ status, isExpected, isAsChecked }: Asked): PreflightState {
  if (status === null) return 'no-answer';
  if (isExpected) return isAsChecked ? 'ok' : 'wrong-answer';
  if (Object.hasOwn(BY_STATUS, status)) return BY_STATUS[status] as PreflightState;
  if (status >= 500) return 'server-error';
  return status >= 400 ? 'validation' : 'wrong-answer';
}
