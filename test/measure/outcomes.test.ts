import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomes } from '../../src/measure/outcomes.js';
import type { Sample } from '../../src/model/generation/sample.js';
import { sample, samples } from '../support/samples.js';

function count(list: readonly Sample[], windowMs = 1000) {
  const collector = outcomes({ ms: windowMs }).create();
  for (const one of list) collector.add(one);
  return collector.snapshot();
}

const neverSent = { sentUs: Number.NaN, status: 0 };

describe('outcomes', () => {
  it('counts each end under its own name', () => {
    const counts = count([
      sample({ bytesReceived: 10, bytesSent: 3 }),
      sample({ status: 201, bytesReceived: 5 }),
      sample({ outcome: 'wrong-status', status: 500 }),
      sample({ outcome: 'failed-check', status: 200, failure: 'check-json' }),
      sample({ outcome: 'network-failure', status: 0, failure: 'connection-reset' }),
      sample({ ...neverSent, outcome: 'network-failure', failure: 'connection-refused' }),
      sample({ outcome: 'timed-out', status: 0 }),
      sample({ ...neverSent, outcome: 'timed-out' }),
      sample({ ...neverSent, outcome: 'dropped' }),
      sample({ ...neverSent, outcome: 'unfinished', releasedUs: Number.NaN }),
    ]);

    expect(counts).toEqual({
      planned: 10,
      sent: 6,
      completed: 4,
      succeeded: 2,
      completedInWindow: 4,
      succeededInWindow: 2,
      lastDoneUs: sample({}).doneUs,
      failed: 4,
      timedOut: 2,
      dropped: 1,
      unfinished: 1,
      statusCodes: { '200': 2, '201': 1, '500': 1 },
      failures: { 'check-json': 1, 'connection-reset': 1, 'connection-refused': 1 },
      bytesReceived: 15,
      bytesSent: 3,
    });
  });

  it('counts into the window what ends before it closes, not what is answered in the drain', () => {
    const counts = count([
      sample({ doneUs: 999_999 }),
      sample({ doneUs: 1_000_000 }),
      sample({ outcome: 'wrong-status', status: 404, doneUs: 5 }),
    ]);

    expect(counts).toMatchObject({
      succeeded: 2,
      completed: 3,
      completedInWindow: 2,
      succeededInWindow: 1,
      lastDoneUs: 1_000_000,
    });
  });

  it('breaks failed down into statuses and kinds, completely', () => {
    fc.assert(
      fc.property(samples, (list) => {
        const { planned, succeeded, failed, timedOut, dropped, unfinished, ...counts } = count(list);
        const sum = (byName: Record<string, number>): number =>
          Object.values(byName).reduce((total, one) => total + one, 0);
        expect(planned).toBe(list.length);
        expect(succeeded + failed + timedOut + dropped + unfinished).toBe(planned);
        expect(sum(counts.statusCodes)).toBe(counts.completed);
        // An answer that fails a check has come, and has a kind.
        const checks = list.filter(({ outcome }) => outcome === 'failed-check').length;
        expect(counts.completed - succeeded + sum(counts.failures) - checks).toBe(failed);
      }),
    );
  });

  it('gives snapshots that later samples do not change', () => {
    const collector = outcomes({ ms: 1000 }).create();
    const before = collector.snapshot();
    collector.add(sample());

    expect(before).toMatchObject({ planned: 0, statusCodes: {} });
  });
});
