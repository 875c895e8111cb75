import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DueHeap } from '../../../src/load/drivers/due-heap.js';
import type { Load } from '../../../src/model/loads/index.js';
import { CALM, DriverStage, type World } from '../../support/drivers.js';
import { share } from '../../support/shares.js';

function play(load: Load, world: Partial<World> = {}, afterMs = 60_000) {
  const stage = new DriverStage({ ...CALM, ...world });
  const { samples, driver } = stage.start('closed-loop', share('http://x', { load, timeoutMs: 700 }));
  stage.clock.advanceMs(afterMs);
  return { samples, driver };
}

const answerAfter = (afterUs: number): Partial<World> => ({ fates: [{ kind: 'answer', afterUs }] });
const users = (more: object): Load => ({
  ...{ kind: 'users', users: 2, spawnRatePerSecond: 4, durationMs: 2000, think: null },
  ...more,
});

describe('a closed loop', () => {
  it('asks again after the answer and the think time, from which the response time counts', () => {
    const { samples } = play(users({ users: 1, think: { kind: 'constant', ms: 200 } }), answerAfter(50_000));
    // The fake pacer wakes at the next whole microsecond.
    expect(samples.map(({ dueUs }) => Math.round(dueUs / 1000))).toEqual([
      ...[0, 250, 500, 750, 1000, 1250, 1500, 1750],
    ]);
    for (const { dueUs, doneUs } of samples) expect(doneUs - dueUs).toBeCloseTo(50_000, -1);
  });

  it('starts users at the spawn rate, without think time asks at once, and ends with the window', () => {
    const { samples } = play(users({}), answerAfter(100_000));
    // User 0 from 0 to 2 s, user 1 from a quarter of a second on.
    expect(samples.filter(({ dueUs }) => dueUs < 240_000)).toHaveLength(3);
    expect(samples).toHaveLength(20 + 18);
    expect(Math.max(...samples.map(({ dueUs }) => dueUs))).toBeLessThan(2_000_000);
  });

  it('sends a fixed number of requests, so many at once', () => {
    const { samples } = play({ kind: 'fixed-count', requests: 7, concurrency: 3 }, answerAfter(100_000));
    expect(samples.map(({ doneUs }) => Math.round(doneUs / 1e5))).toEqual([1, 1, 1, 2, 2, 2, 3]);
  });

  it('follows the stages of users, who come back when they are wanted again', () => {
    const stages = [
      { fromUsers: 0, toUsers: 4, durationMs: 1000 },
      { fromUsers: 4, toUsers: 0, durationMs: 1000 },
      { fromUsers: 1, toUsers: 1, durationMs: 500 },
    ];
    const { samples } = play(
      { kind: 'user-stages', stages, think: { kind: 'constant', ms: 9 } },
      answerAfter(1000),
    );
    const during = (fromMs: number, toMs: number): number =>
      samples.filter(({ dueUs }) => dueUs >= fromMs * 1000 && dueUs < toMs * 1000).length / (toMs - fromMs);
    // Each user asks every 10 ms.
    expect(during(500, 1000) * 10).toBeCloseTo(3.5, 0);
    expect(during(1500, 2000) * 10).toBeCloseTo(1.5, 0);
    expect(during(2000, 2500) * 10).toBeCloseTo(1, 1);
  });

  it('lets a user whose connection is refused pause, so that a dead target is not hammered', () => {
    const { samples } = play(users({ users: 1 }), { fates: [{ kind: 'refusal', afterUs: 0 }] });
    expect(samples).toHaveLength(200);
  });

  it('splits users and requests over generators without losing one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), (requests, most) => {
        const concurrency = Math.min(most, requests);
        // No more generators than users.
        const of = Math.min(3, concurrency);
        const counts = Array.from({ length: of }, (_, index) => {
          const stage = new DriverStage(CALM);
          const part = { index, of };
          const { samples } = stage.start(
            'closed-loop',
            share('http://x', { load: { kind: 'fixed-count', requests, concurrency }, part }),
          );
          stage.clock.advanceMs(60_000);
          return samples.length;
        });
        expect(counts.reduce((sum, one) => sum + one)).toBe(requests);
      }),
    );
  });
});

it('the heap gives users in the order of their due times', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { maxLength: 60 }), (dues) => {
      const heap = new DueHeap(dues.length);
      dues.forEach((due, user) => heap.push(due, user));
      const popped = dues.map(() => dues[heap.pop()]);
      expect(popped).toEqual(dues.toSorted((a, b) => a - b));
      expect(heap.firstDueUs).toBe(Infinity);
    }),
  );
});
