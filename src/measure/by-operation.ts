import type { CollectorKind } from '../model/generation/collector.js';
import type { OperationFigures } from '../model/generation/measurements.js';
import { isAnswered } from '../model/generation/sample.js';
import { successes } from './flow.js';
import { LatencyRecorder, mergeLatency } from './latency.js';
import { outcomes, type WindowLength } from './outcomes.js';

/**
 * How the requests of each operation ended and when they succeeded, and their response times: what adds up to the cell's. Keeps nothing where
 * there is one operation, since that would be the cell's figures again.
 */
export function byOperation(window: WindowLength, operations: number): CollectorKind<OperationFigures[]> {
  const counts = outcomes(window);
  const answered = successes(window.ms);
  return {
    name: 'by-operation',
    create() {
      if (operations === 1) return { add() {}, snapshot: () => [] };
      const each = Array.from({ length: operations }, () => ({
        outcomes: counts.create(),
        response: new LatencyRecorder(),
        succeeded: answered.create(),
      }));
      return {
        add(sample) {
          const one = each[sample.operation];
          if (!one) throw new RangeError(`no operation ${sample.operation} of ${operations}`);
          one.outcomes.add(sample);
          one.succeeded.add(sample);
          const responseUs = sample.doneUs - sample.dueUs;
          if (isAnswered(sample.outcome)) one.response.observe(responseUs);
          else one.response.censor(responseUs);
        },
        snapshot: () =>
          each.map((one) => ({
            outcomes: one.outcomes.snapshot(),
            response: one.response.snapshot(),
            succeeded: one.succeeded.snapshot(),
          })),
      };
    },
    merge: (parts) =>
      (parts[0] ?? []).map((_, at) => {
        const each = parts.map((part) => part[at] as OperationFigures);
        return {
          outcomes: counts.merge(each.map((part) => part.outcomes)),
          response: mergeLatency(each.map((part) => part.response)),
          succeeded: answered.merge(each.map((part) => part.succeeded)),
        };
      }),
  };
}
