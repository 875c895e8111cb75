import { describe, expect, test } from 'vitest';
import { bucketOf } from '../../src/measure/buckets.js';
import { spikeRecovery } from '../../src/measure/spike-recovery.js';
import type { Second } from '../../src/model/generation/measurements.js';

interface Level {
  readonly ms: number;
  readonly inFlight: number;
  readonly answers?: number;
  readonly failed?: number;
}

/** Seconds of which all is known: each ends with so many requests in flight, and all its answers took so long. */
function seriesOf(levels: readonly Level[]): Second[] {
  let before = 0;
  return levels.map(({ ms, inFlight, answers = 100, failed = 0 }) => {
    const ended = answers + failed;
    const sent = inFlight - before + ended;
    before = inFlight;
    const buckets: Second['buckets'] = answers === 0 ? [] : [[bucketOf(1000 * ms), answers]];
    return { sent, succeeded: answers, failed, sentAndEnded: ended, buckets };
  });
}

function times(count: number, level: Level): Level[] {
  return Array.from({ length: count }, () => level);
}

const CALM: Level = { ms: 10, inFlight: 10 };
const SLOW: Level = { ms: 500, inFlight: 400 };
/** Half a minute, a spike of ten seconds, and a minute. */
const SPIKE = { startMs: 30_000, endMs: 40_000, untilMs: 100_000 };

function recovery(after: readonly Level[], before: readonly Level[] = times(30, CALM), spike = SPIKE) {
  return spikeRecovery(seriesOf([...before, ...times(10, SLOW), ...after]), spike);
}

describe('recovery after a spike', () => {
  test.each<[string, Level[], number | null, number | null]>([
    ['at once', times(60, CALM), 0, null],
    ['after twelve seconds', [...times(12, SLOW), ...times(48, CALM)], 12, null],
    [
      'as soon as both are',
      [...times(7, { ...CALM, inFlight: 40 }), ...times(5, { ...CALM, ms: 20 }), ...times(48, CALM)],
      12,
      null,
    ],
    ['not in four good seconds', [...times(4, CALM), ...times(3, SLOW), ...times(53, CALM)], 7, null],
    ['up to 1.2 times as much', times(60, { ms: 11.8, inFlight: 12 }), 0, null],
    ['not above', times(60, { ms: 12.3, inFlight: 10 }), null, 60],
    ['not above in flight', times(60, { ms: 10, inFlight: 13 }), null, 60],
    ['not to the end', times(60, SLOW), null, 60],
    ['four seconds before the end is not known', [...times(56, SLOW), ...times(4, CALM)], null, 56],
    [
      'not while it refuses',
      [...times(9, { ...CALM, answers: 90, failed: 10 }), ...times(51, CALM)],
      9,
      null,
    ],
    ['but a few failures are no matter', times(60, { ...CALM, answers: 96, failed: 4 }), 0, null],
  ])('%s', (_, after, seconds, moreThanSeconds) => {
    expect(recovery(after)).toMatchObject({ seconds, moreThanSeconds, reason: null });
  });

  test('is held against the median second of the 30 s before, whatever came earlier', () => {
    const before = [...times(20, SLOW), ...times(14, { ms: 100, inFlight: 99 }), ...times(16, CALM)];
    const spike = { startMs: 50_000, endMs: 60_000, untilMs: 120_000 };
    const { before: found, seconds } = recovery([...times(3, SLOW), ...times(57, CALM)], before, spike);
    expect(found).toMatchObject({ seconds: 30, inFlight: 10 });
    expect(found?.p95Ms).toBeCloseTo(10, 0);
    expect(seconds).toBe(3);
  });

  test('is counted from the very end of the way down, in whole seconds of the series', () => {
    const spike = { ...SPIKE, endMs: 39_600 };
    expect(recovery([...times(2, SLOW), ...times(58, CALM)], times(30, CALM), spike).seconds).toBeCloseTo(
      2.4,
      9,
    );
  });

  test('is never less than nothing: the second in which the way down ends is not looked at', () => {
    const series = seriesOf([...times(30, CALM), ...times(9, SLOW), ...times(61, CALM)]);
    expect(spikeRecovery(series, { ...SPIKE, endMs: 39_600 }).seconds).toBeCloseTo(0.4, 9);
  });

  test('joins seconds until 20 requests ended in them', () => {
    const rare = (level: Level): Level => ({ ...level, answers: 5 });
    const after = [...times(8, rare(SLOW)), ...times(52, rare(CALM))];
    expect(recovery(after, times(30, rare(CALM)))).toMatchObject({ seconds: 8, moreThanSeconds: null });
    const other = [...times(6, rare(SLOW)), ...times(54, rare(CALM))];
    // Seconds 4 to 7 are one.
    expect(recovery(other, times(30, rare(CALM))).seconds).toBe(8);
  });

  test('one request more in flight is no sign', () => {
    const before = times(30, { ms: 10, inFlight: 0 });
    expect(recovery(times(60, { ms: 10, inFlight: 1 }), before).seconds).toBe(0);
    expect(recovery(times(60, { ms: 10, inFlight: 2 }), before).moreThanSeconds).toBe(60);
  });

  test('does without a whole half minute before', () => {
    const spike = { startMs: 5000, endMs: 15_000, untilMs: 75_000 };
    expect(recovery(times(60, CALM), times(5, CALM), spike)).toMatchObject({
      ...{ seconds: 0, before: { seconds: 5 } },
    });
  });

  test.each<[string, () => ReturnType<typeof recovery>]>([
    [
      'fewer than 5 s of load before the spike',
      () => recovery(times(60, CALM), times(4, CALM), { startMs: 4000, endMs: 14_000, untilMs: 74_000 }),
    ],
    [
      'fewer than 20 requests ended in the 30 s before the spike',
      () => recovery(times(60, CALM), times(30, { ...CALM, answers: 0 })),
    ],
    [
      'more than 5 % of the requests failed before the spike',
      () => recovery(times(60, CALM), times(30, { ...CALM, answers: 50, failed: 50 })),
    ],
    [
      'the load ends, or changes, less than 5 s after the spike',
      () => recovery(times(4, CALM), times(30, CALM), { ...SPIKE, untilMs: 44_000 }),
    ],
    [
      'too few requests ended after the spike to tell',
      () => recovery([...times(4, CALM), ...times(56, { ...CALM, answers: 0 })]),
    ],
  ])('is not known: %s', (reason, find) => {
    expect(find()).toMatchObject({ seconds: null, moreThanSeconds: null, reason });
  });

  test('what comes after the load has left its level does not count', () => {
    const found = recovery([...times(20, SLOW), ...times(40, CALM)], times(30, CALM), {
      ...SPIKE,
      untilMs: 60_000,
    });
    expect(found).toMatchObject({ seconds: null, moreThanSeconds: 20 });
  });
});
