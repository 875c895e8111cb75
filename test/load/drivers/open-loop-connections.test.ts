import { describe, expect, it } from 'vitest';
import { evenArrivals } from '../../../src/model/loads/even-arrivals.js';
import type { Fate } from '../../support/fake-transport.js';
import { virtualOpenLoop } from '../../support/open-loop.js';

const answer = (afterMs: number): Fate => ({ kind: 'answer', afterUs: afterMs * 1000 });

/** A server that answers in 5 ms but stands still from `fromMs` to `toMs`. */
function stalled(fromMs: number, toMs: number): (before: number, nowUs: number) => Fate {
  return (_before, nowUs) => {
    const nowMs = nowUs / 1000;
    return answer(nowMs >= fromMs && nowMs < toMs ? toMs - nowMs : 5);
  };
}

describe('the connections of the open loop', () => {
  it('are as many as a stall needs, and afterwards again as few as the load needs', () => {
    const run = virtualOpenLoop({
      slots: 500,
      open: 4,
      schedule: evenArrivals(20, 40_000),
      fate: stalled(4000, 9000),
      timeoutMs: 10_000,
    });

    run.clock.advanceMs(9500);
    expect(run.transport.connections).toBeGreaterThan(90);
    const { connectionsOpened } = run.transport;
    run.clock.advanceMs(12_000);

    expect(run.transport.connections).toBe(4);
    // Nothing after the stall had to wait for a connection.
    expect(run.transport.connectionsOpened).toBe(connectionsOpened);
    run.clock.advanceMs(30_000);
    expect(run.transport.connectionsOpened).toBe(connectionsOpened);
    expect(run.samples.filter(({ outcome }) => outcome === 'succeeded')).toHaveLength(800);
  });

  it('that were opened for a stall are closed a few at a time', () => {
    const run = virtualOpenLoop({
      slots: 500,
      open: 4,
      schedule: evenArrivals(100, 20_000),
      fate: stalled(1000, 3000),
    });

    run.clock.advanceMs(3500);
    let before = run.transport.connections;
    let most = 0;
    for (let looks = 0; looks < 2000; looks += 1) {
      run.clock.advanceMs(5);
      most = Math.max(most, before - run.transport.connections);
      before = run.transport.connections;
    }

    expect(most).toBe(4);
    expect(run.transport.connections).toBe(4);
  });

  it('that the load keeps in use stay, however many were opened ahead', () => {
    const run = virtualOpenLoop({
      slots: 100,
      open: 2,
      schedule: evenArrivals(100, 20_000),
      fate: () => answer(300),
    });

    run.clock.advanceMs(20_000);

    expect(run.transport.connections).toBe(30);
    expect(run.transport.connectionsOpened).toBe(28);
  });

  it('are not opened for requests that the generator itself is late with', () => {
    // The generator wakes 50 ms late once, at the start: 500 requests are due by then.
    let hasBeenLate = false;
    const run = virtualOpenLoop({
      slots: 500,
      open: 20,
      schedule: evenArrivals(10_000, 2000),
      fate: () => answer(0.2),
      latenessUs: () => {
        const lateUs = hasBeenLate ? 0 : 50_000;
        hasBeenLate = true;
        return lateUs;
      },
    });

    run.clock.advanceMs(5000);

    expect(run.transport.connectionsOpened).toBe(0);
    expect(run.loop.longestQueue).toBeGreaterThan(400);
    expect(run.loop.connectionLimitReached).toBe(false);
    expect(run.samples.filter(({ outcome }) => outcome === 'succeeded')).toHaveLength(20_000);
  });

  it('are opened a few at a time for a target that stands still', () => {
    const run = virtualOpenLoop({
      slots: 1000,
      open: 20,
      schedule: evenArrivals(4000, 1000),
      fate: stalled(500, 600),
    });

    run.clock.advanceMs(499);
    const { connectionsOpened } = run.transport;
    run.clock.advanceMs(100);

    // 400 requests fall due in 100 ms: ten are opened for every 5 ms of them.
    const opened = run.transport.connectionsOpened - connectionsOpened;
    expect(opened).toBeGreaterThan(150);
    expect(opened).toBeLessThan(230);
    run.clock.advanceMs(1000);
    expect(run.samples.filter(({ outcome }) => outcome === 'succeeded')).toHaveLength(4000);
  });

  it('are opened for late requests, too, when those that stand do not suffice', () => {
    const run = virtualOpenLoop({
      slots: 100,
      open: 1,
      schedule: evenArrivals(100, 2000),
      fate: () => answer(500),
      latenessUs: () => 5000,
    });

    run.clock.advanceMs(4000);

    expect(run.transport.connectionsOpened).toBeGreaterThan(40);
    expect(Math.max(...run.samples.map(({ sentUs, releasedUs }) => sentUs - releasedUs))).toBeLessThan(
      25_000,
    );
  });

  it('are opened at once for late requests to a target that keeps none', () => {
    const run = virtualOpenLoop({
      slots: 100,
      schedule: evenArrivals(100, 2000),
      fate: () => ({ kind: 'answer', afterUs: 20_000, open: false }),
      latenessUs: () => 5000,
    });

    run.clock.advanceMs(4000);

    for (const { sentUs, releasedUs } of run.samples.slice(3)) expect(sentUs).toBe(releasedUs);
  });

  it('that the target has closed are not given to a request', () => {
    const run = virtualOpenLoop({
      slots: 4,
      open: 3,
      schedule: evenArrivals(10, 1000),
      fate: () => answer(1),
    });

    run.clock.advanceMs(50);
    run.transport.closeByTarget(1);
    run.clock.advanceMs(2000);

    expect(run.transport.slotsUsed.slice(0, 5)).toEqual([0, 2, 0, 2, 0]);
    expect(run.transport.connectionsOpened).toBe(0);
  });

  it('that are all in use make a request wait, which is told', () => {
    const run = virtualOpenLoop({
      slots: 1,
      open: 1,
      schedule: evenArrivals(100, 100),
      fate: () => answer(30),
    });

    run.clock.advanceMs(3000);

    expect(run.loop.connectionLimitReached).toBe(true);
  });
});
