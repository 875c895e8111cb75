import type { CollectorKind } from '../model/collector.js';
import type { StampSnapshot } from '../model/measurements.js';
import { isAnswered } from '../model/sample.js';
import { LatencyRecorder, mergeLatency } from './latency.js';

/**
 * The four durations between due, released, sent and done. A stamp that was never reached censors the
 * duration that it would have ended, at its age.
 */
export const stamps: CollectorKind<StampSnapshot> = {
  name: 'stamps',
  create() {
    const response = new LatencyRecorder();
    const service = new LatencyRecorder();
    const sendLag = new LatencyRecorder();
    const queueWait = new LatencyRecorder();
    return {
      add({ dueUs, releasedUs, sentUs, doneUs, outcome }) {
        const answered = isAnswered(outcome);
        if (answered) response.observe(doneUs - dueUs);
        else response.censor(doneUs - dueUs);

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
      snapshot: () => ({
        response: response.snapshot(),
        service: service.snapshot(),
        sendLag: sendLag.snapshot(),
        queueWait: queueWait.snapshot(),
      }),
    };
  },
  merge: (parts) => ({
    response: mergeLatency(parts.map((part) => part.response)),
    service: mergeLatency(parts.map((part) => part.service)),
    sendLag: mergeLatency(parts.map((part) => part.sendLag)),
    queueWait: mergeLatency(parts.map((part) => part.queueWait)),
  }),
};
