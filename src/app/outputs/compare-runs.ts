import { compareReports } from '../../analyze/compare/compare-reports.js';
import { UserError } from '../../kernel/errors.js';
import type { Comparison } from '../../model/results/comparison.js';
import type { Report } from '../../model/report/report.js';
import { readReport } from './read-report.js';

export interface ComparedRuns {
  readonly base: Report;
  readonly candidate: Report;
  readonly comparison: Comparison;
}

/** Two results directories side by side. Throws `UserError`, with what is wrong with both of them. */
export async function compareRuns(baseFolder: string, candidateFolder: string): Promise<ComparedRuns> {
  const [base, candidate] = await Promise.allSettled([readReport(baseFolder), readReport(candidateFolder)]);
  if (base.status === 'rejected' && candidate.status === 'rejected')
    throw together(base.reason, candidate.reason);
  if (base.status === 'rejected') throw base.reason;
  if (candidate.status === 'rejected') throw candidate.reason;
  return {
    base: base.value,
    candidate: candidate.value,
    comparison: compareReports(base.value, candidate.value),
  };
}

function together(first: unknown, second: unknown): unknown {
  if (!(first instanceof UserError)) return first;
  if (!(second instanceof UserError)) return second;
  if (first.message === second.message) return first;
  return new UserError(first.fault, `${first.message}\n${second.message}`, first.hint);
}
