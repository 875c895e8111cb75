import { judgeObjectives } from '../../analyze/objectives/judge-objectives.js';
import { reasonOf } from '../../kernel/errors.js';
import type { Objective } from '../../model/results/objective.js';
import type { RunRecord } from '../../model/results/run-record.js';
import { isAborted } from './abort-watch.js';

interface End {
  /** What the run could not go on for; undefined = nothing. */
  readonly error: unknown;
  readonly isInterrupted: boolean;
  readonly objectives: readonly Objective[];
  readonly unixMs: number;
}

/** How a run ended, and what came of its objectives. */
export function finishRecord(record: RunRecord, end: End): void {
  record.status = statusOf(record, end);
  record.failure = end.error === undefined ? null : reasonOf(end.error);
  if (end.objectives.length > 0) record.objectives = judgeObjectives(end.objectives, record.cells);
  record.finishedAt = new Date(end.unixMs).toISOString();
}

function statusOf(record: RunRecord, { error, isInterrupted }: End): RunRecord['status'] {
  if (isInterrupted) return 'interrupted';
  if (error !== undefined) return 'failed';
  return isAborted(record) ? 'aborted' : 'complete';
}
