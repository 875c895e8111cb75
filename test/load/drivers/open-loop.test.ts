import { describe, expect, it } from 'vitest';
import { evenArrivals } from '../../../src/model/loads/even-arrivals.js';
import { ANSWER_BYTES, type Fate } from '../../support/fake-transport.js';
import { virtualOpenLoop } from '../../support/open-loop.js';

const answer = (afterMs: number): Fate => ({ kind: 'answer', afterUs: afterMs * 1000 });
const silence: Fate = { kind: 'silence' };

describe('OpenLoop', () => {
  it('sends each request when it is due, whatever became of the ones before', async () => {
    const run = virtualOpenLoop({ slots: 10, fate: () => silence, timeoutMs: 5000 });

    run.clock.advanceMs(450);
    expect(run.transport.sent).toBe(5);
    run.clock.advanceMs(10_000);

    expect(run.transport.sent).toBe(10);
    expect(await run.hasFinished()).toBe(true);
  });

  it('stamps due, released, sent and done, each from its own moment', () => {
    const run = virtualOpenLoop({
      slots: 1,
      schedule: evenArrivals(10, 200),
      fate: () => answer(30),
      connectUs: 5000,
      latenessUs: () => 1000,
    });

    run.clock.advanceMs(5000);

    expect(run.samples).toMatchObject([
      { dueUs: 0, releasedUs: 1000, sentUs: 6000, doneUs: 36_000 },
      { dueUs: 100_000, releasedUs: 101_000, sentUs: 101_000, doneUs: 131_000 },
    ]);
  });

  it('counts bytes as they go over the wire, and none for what was never sent', () => {
    const run = virtualOpenLoop({
      slots: 1,
      schedule: evenArrivals(2, 1000),
      timeoutMs: 100,
      fate: (before) => (before === 0 ? answer(1) : { kind: 'refusal', afterUs: 1 }),
    });

    run.clock.advanceMs(5000);

    // The body is 'né': two letters, three bytes.
    expect(run.samples).toMatchObject([
      { bytesSent: 3, bytesReceived: ANSWER_BYTES },
      { bytesSent: 0, bytesReceived: 0, failure: 'connection-refused' },
    ]);
  });

  it('counts the deadline from due, not from sent', () => {
    // The second waits 60 ms in the queue, so 100 ms after due are 40 ms after sent.
    const run = virtualOpenLoop({
      slots: 1,
      schedule: evenArrivals(100, 20),
      timeoutMs: 100,
      fate: (before) => (before === 0 ? answer(70) : answer(45)),
    });

    run.clock.advanceMs(3000);

    expect(run.samples[0]).toMatchObject({ outcome: 'succeeded', doneUs: 70_000 });
    expect(run.samples[1]).toMatchObject({ outcome: 'timed-out', dueUs: 10_000, sentUs: 70_000 });
    expect(run.samples[1]!.doneUs - 110_000).toBeLessThanOrEqual(5000);
  });

  it('times out what expires in the queue, and never sends it', () => {
    const run = virtualOpenLoop({
      slots: 1,
      schedule: evenArrivals(1000, 3),
      timeoutMs: 200,
      fate: () => silence,
    });

    run.clock.advanceMs(3000);

    expect(run.samples).toMatchObject([
      { outcome: 'timed-out', sentUs: 0 },
      { outcome: 'timed-out', sentUs: Number.NaN, releasedUs: 1000 },
      { outcome: 'timed-out', sentUs: Number.NaN, releasedUs: 2000 },
    ]);
    expect(run.transport.requests).toHaveLength(1);
  });

  it('does not send a queued request whose deadline has passed before the sweeper came round', () => {
    const run = virtualOpenLoop({
      slots: 1,
      schedule: evenArrivals(1000, 2),
      timeoutMs: 103,
      fate: () => answer(103),
      // The answer comes in time; keeping it takes so long that the next one is past its deadline.
      onSample: () => run.clock.spendUs(1500),
    });

    run.clock.advanceMs(3000);

    expect(run.samples).toMatchObject([
      { outcome: 'succeeded', doneUs: 103_000 },
      { outcome: 'timed-out', sentUs: Number.NaN, dueUs: 1000, doneUs: 104_500 },
    ]);
    expect(run.transport.requests).toHaveLength(1);
  });

  it('takes an answer after the deadline for timed out even if the sweeper has not run', () => {
    // The sweeper runs every 5 ms: at 100 ms the deadline is not yet past, at 105 it would be.
    const run = virtualOpenLoop({
      slots: 1,
      schedule: evenArrivals(1, 1000),
      timeoutMs: 100,
      fate: () => answer(102),
    });

    run.clock.advanceMs(3000);

    expect(run.samples).toMatchObject([{ outcome: 'timed-out', doneUs: 102_000, status: 0 }]);
  });

  it('takes an answer exactly at the deadline for in time', () => {
    const run = virtualOpenLoop({
      slots: 1,
      schedule: evenArrivals(1, 1000),
      timeoutMs: 100,
      fate: () => answer(100),
    });

    run.clock.advanceMs(3000);

    expect(run.samples).toMatchObject([{ outcome: 'succeeded' }]);
  });

  it('ends in-flight requests at most 5 ms after their deadlines and frees their connections', () => {
    const run = virtualOpenLoop({
      slots: 1,
      schedule: evenArrivals(5, 400),
      timeoutMs: 100,
      fate: () => silence,
    });

    run.clock.advanceMs(3000);

    expect(run.samples.map(({ doneUs }) => doneUs)).toEqual([105_000, 305_000]);
    expect(run.transport.sent).toBe(2);
  });

  it('drops what exceeds the queue, at once', () => {
    const run = virtualOpenLoop({
      slots: 1,
      maxQueue: 2,
      schedule: evenArrivals(100, 50),
      fate: () => answer(500),
      timeoutMs: 5000,
    });

    run.clock.advanceMs(10_000);

    expect(run.samples.map(({ outcome, dueUs }) => [outcome, dueUs])).toEqual([
      ['dropped', 30_000],
      ['dropped', 40_000],
      ['succeeded', 0],
      ['succeeded', 10_000],
      ['succeeded', 20_000],
    ]);
    expect(run.loop.longestQueue).toBe(2);
  });

  it('sends waiting requests in the order in which they were due', () => {
    const run = virtualOpenLoop({
      slots: 1,
      schedule: evenArrivals(1000, 20),
      fate: () => answer(7),
    });

    run.clock.advanceMs(5000);

    const dues = run.samples.map(({ dueUs }) => dueUs);
    expect(dues).toEqual(dues.toSorted((a, b) => a - b));
    expect(dues).toHaveLength(20);
  });

  it('does not let a new request overtake those that wait', () => {
    const run = virtualOpenLoop({
      slots: 2,
      open: 2,
      schedule: evenArrivals(1000, 6),
      fate: (before) => answer(before < 2 ? 2.5 : 1),
    });

    run.clock.advanceMs(5000);

    const sent = run.samples.toSorted((a, b) => a.sentUs - b.sentUs).map(({ dueUs }) => dueUs);
    expect(sent).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
  });

  it('uses open connections least recently used first, and opens one only when all are busy', () => {
    const run = virtualOpenLoop({
      slots: 6,
      open: 3,
      schedule: evenArrivals(10, 800),
      fate: () => answer(50),
    });

    run.clock.advanceMs(3000);

    expect(run.transport.slotsUsed).toEqual([0, 1, 2, 0, 1, 2, 0, 1]);
    expect(run.transport.connectionsOpened).toBe(0);
  });

  it('opens a further connection when all open ones are busy', () => {
    const run = virtualOpenLoop({
      slots: 6,
      open: 2,
      schedule: evenArrivals(10, 400),
      fate: () => answer(350),
    });

    run.clock.advanceMs(3000);

    expect(run.transport.slotsUsed).toEqual([0, 1, 2, 3]);
  });

  it('never dispatches from inside an error callback', async () => {
    // The fake transport throws if it does. One slot and a queue: each failure has a successor waiting.
    const run = virtualOpenLoop({
      slots: 1,
      schedule: evenArrivals(1000, 50),
      fate: (before) =>
        before % 2 === 0 ? { kind: 'refusal', afterUs: 3000 } : { kind: 'failure', afterUs: 2000 },
      timeoutMs: 5000,
    });

    run.clock.advanceMs(10_000);

    expect(run.samples).toHaveLength(50);
    expect(run.samples.every(({ outcome }) => outcome === 'network-failure')).toBe(true);
    expect(await run.hasFinished()).toBe(true);
  });

  it('accounts for what a stuck generator never got to, a second after the last deadline', async () => {
    const run = virtualOpenLoop({
      slots: 1,
      schedule: evenArrivals(10, 300),
      fate: () => answer(1),
      timeoutMs: 500,
      latenessUs: () => 60e6,
    });

    run.clock.advanceMs(1700);
    expect(run.samples).toHaveLength(0);
    run.clock.advanceMs(10);

    expect(run.samples).toMatchObject([
      { outcome: 'unfinished', dueUs: 0, releasedUs: Number.NaN, doneUs: 1_705_000 },
      { outcome: 'unfinished', dueUs: 100_000 },
      { outcome: 'unfinished', dueUs: 200_000 },
    ]);
    expect(await run.hasFinished()).toBe(true);
  });

  it('asks the schedule for the last due time once, for all others in ascending order', async () => {
    const whole = evenArrivals(100, 1000);
    const { planned } = whole;
    const asked: number[] = [];
    const run = virtualOpenLoop({
      slots: 1,
      schedule: {
        planned,
        dueAtUs(index) {
          asked.push(index);
          return whole.dueAtUs(index);
        },
      },
      fate: () => answer(40),
      timeoutMs: 300,
    });

    run.clock.advanceMs(5000);

    expect(run.loop.longestQueue).toBeGreaterThan(5);
    expect(asked[0]).toBe(planned - 1);
    expect(asked.slice(1)).toEqual(asked.slice(1).toSorted((a, b) => a - b));
    expect(await run.hasFinished()).toBe(true);
  });

  it('ends a plan without requests at once', async () => {
    const run = virtualOpenLoop({
      slots: 1,
      schedule: { planned: 0, dueAtUs: () => undefined },
      fate: () => silence,
    });

    run.clock.advanceMs(0);

    expect(await run.hasFinished()).toBe(true);
  });
});
