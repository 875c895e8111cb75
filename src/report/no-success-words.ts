import { findingOf } from '../model/report/finding.js';
import { NO_SUCCESS } from '../model/results/no-success.js';
import type { Report } from '../model/report/report.js';

/** The conclusion of a run in which nothing succeeded, with what came instead; `undefined` of any other. */
export function noSuccessSentence({ analysis }: Report): string | undefined {
  return findingOf(analysis.findings, NO_SUCCESS)?.message;
}
