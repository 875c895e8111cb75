import fc from 'fast-check';
import type { Sample } from '../../src/model/generation/sample.js';

/** An answered request, due at 0 and done after 1 ms, with whatever a test cares about. */
export function sample(parts: Partial<Sample> = {}): Sample {
  return {
    operation: 0,
    dueUs: 0,
    releasedUs: 0,
    sentUs: 0,
    doneUs: 1000,
    outcome: 'succeeded',
    status: 200,
    failure: '',
    bytesReceived: 0,
    bytesSent: 0,
    answer: null,
    ...parts,
  };
}

// Some values come again and again, so that merged parts share buckets.
const durationUs = fc.oneof(fc.constantFrom(0, 1000, 100_000), fc.integer({ min: 0, max: 3_000_000 }));
const stamps = fc.record({ dueUs: durationUs, lag: durationUs, wait: durationUs, service: durationUs });

const answered = fc
  .record({
    stamps,
    status: fc.constantFrom(200, 201, 404, 500),
    passes: fc.boolean(),
    bytesReceived: fc.nat(5000),
  })
  .map(({ stamps: { dueUs, lag, wait, service }, status, passes, bytesReceived }) => {
    const releasedUs = dueUs + lag;
    const sentUs = releasedUs + wait;
    const good = passes ? ('succeeded' as const) : ('failed-check' as const);
    const outcome = status < 300 ? good : ('wrong-status' as const);
    return sample({
      dueUs,
      releasedUs,
      sentUs,
      doneUs: sentUs + service,
      outcome,
      status,
      failure: outcome === 'failed-check' ? 'check-json' : '',
      bytesReceived,
      bytesSent: 3,
    });
  });

const brokenOff = fc
  .record({
    stamps,
    outcome: fc.constantFrom('network-failure' as const, 'timed-out' as const),
    failure: fc.constantFrom('connection-reset', 'connection-refused'),
    wasSent: fc.boolean(),
  })
  .map(({ stamps: { dueUs, lag, wait, service }, outcome, failure, wasSent }) =>
    sample({
      dueUs,
      releasedUs: dueUs + lag,
      sentUs: wasSent ? dueUs + lag + wait : Number.NaN,
      doneUs: dueUs + lag + wait + service,
      outcome,
      status: 0,
      failure: outcome === 'network-failure' ? failure : '',
    }),
  );

const neverSent = fc.record({ stamps, released: fc.boolean() }).map(({ stamps: { dueUs, lag }, released }) =>
  sample({
    dueUs,
    releasedUs: released ? dueUs + lag : Number.NaN,
    sentUs: Number.NaN,
    doneUs: dueUs + lag,
    outcome: released ? 'dropped' : 'unfinished',
    status: 0,
  }),
);

/** Samples of every outcome, as a driver may give them. */
export const samples: fc.Arbitrary<Sample[]> = fc
  .array(fc.oneof(answered, brokenOff, neverSent), { maxLength: 60 })
  .map((list) => list.sort((a, b) => a.doneUs - b.doneUs));
