import type { CollectorKind } from '../model/generation/collector.js';
import type { StampSnapshot } from '../model/generation/measurements.js';
import { isAnswered } from '../model/generation/sample.js';
import { DistributionRecorder, mergeDistributions } from './distribution.js';
import { LatencyRecorder, mergeLatency } from './latency.js';

/**
 * The four durations between due, released, sent and done. A stamp that was never reached censors the
 * duration that it would have ended, at its age.
 */
export const stamps: CollectorKind<StampSnapshot> = {
  name: 'stamps',
  create() {
    // Each response goes into one of three, so that successes alone cost nothing more.
    const succeeded = new DistributionRecorder();
    const refused = new DistributionRecorder();
    const unanswered = new DistributionRecorder();
    const service = new LatencyRecorder();
    const sendLag = new LatencyRecorder();
    const queueWait = new LatencyRecorder();
    return {
      add({ dueUs, releasedUs, sentUs, doneUs, outcome }) {
        const answered = isAnswered(outcome);
        if (outcome === 'succeeded') succeeded.add(doneUs - dueUs);
        else if (answered) refused.add(doneUs - dueUs);
        else unanswered.add(doneUs - dueUs);

        if (Number.isNaN(releasedUs)) sendLag.censor(doneUs - dueUs);
        else sendLag.observe(releasedUs - dueUs);

        if (!Number.isNaN(sentUs)) {
          queueWait.observe(sentUs - releasedUs);
          if (answered) service.observe(doneUs - sentUs);
          else service.censor(doneUs - sentUs);
        } else if (!Number.isNaN(releasedUs)) {
          queueWait.censor(doneUs - releasedUs);
        }
      },
      snapshot() {
        const ofSuccesses = succeeded.snapshot();
        return {
          response: {
            observed: mergeDistributions([ofSuccesses, refused.snapshot()]),
            censored: unanswered.snapshot(),
          },
          service: service.snapshot(),
          sendLag: sendLag.snapshot(),
          queueWait: queueWait.snapshot(),
          succeeded: ofSuccesses,
        };
      },
    };
  },
  merge: (parts) => ({
    response: mergeLatency(parts.map((part) => part.response)),
    service: mergeLatency(parts.map((part) => part.service)),
    sendLag: mergeLatency(parts.map((part) => part.sendLag)),
    queueWait: mergeLatency(parts.map((part) => part.queueWait)),
    succeeded: mergeDistributions(parts.map((part) => part.succeeded)),
  }),
};
