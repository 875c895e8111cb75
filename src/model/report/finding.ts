/** What a rule over a run says. */
export interface Finding {
  /** Named for what is wrong; of the rule, so several findings may share it. */
  readonly id: string;
  /** `failure`: the target or its requests failed, whatever the figures are; `warning`: the figures need care; `notice`: they are sound, and tell something. */
  readonly severity: 'failure' | 'warning' | 'notice';
  /** A sentence with the figures that it rests on. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** Ids of the cells that show it. */
  readonly cells: readonly string[];
}

/** The first finding of a rule. */
export function findingOf(findings: readonly Finding[], id: string): Finding | undefined {
  return findings.find((finding) => finding.id === id);
}
