import type { Finding } from '../model/report/finding.js';
import type { JudgedReport } from '../model/report/report.js';

/** What a rule says of a run: what its cells show together. */
export interface RunRule {
  readonly id: string;
  readonly severity: Finding['severity'];
  /** None when the rule does not apply, or the run, of an older version, lacks what it asks for. */
  readonly find: (report: JudgedReport) => readonly Omit<Finding, 'id' | 'severity'>[];
}
