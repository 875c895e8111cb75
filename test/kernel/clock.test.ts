import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { sleep, systemClock } from '../../src/kernel/clock.js';
import { FakeClock } from '../support/fake-clock.js';

describe('sleep', () => {
  it('resolves after its delay, not before, and forgets the signal', async () => {
    const clock = new FakeClock();
    const { signal } = new AbortController();
    let awake = false;
    const done = sleep(clock, 100, signal).then(() => {
      awake = true;
    });

    clock.advanceMs(99);
    await Promise.resolve();
    expect(awake).toBe(false);
    clock.advanceMs(1);
    await done;

    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('rejects with the reason of the signal and leaves no timer', async () => {
    const clock = new FakeClock();
    const stopper = new AbortController();
    const done = sleep(clock, 100, stopper.signal);

    stopper.abort(new Error('enough'));

    await expect(done).rejects.toThrow('enough');
    expect(clock.pendingTimers).toBe(0);
  });

  it('does not begin when the signal has aborted already', async () => {
    const clock = new FakeClock();

    await expect(sleep(clock, 100, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('FakeClock', () => {
  it('repeats every period until it is cancelled, from inside too', () => {
    const clock = new FakeClock();
    const seen: number[] = [];
    const cancel = clock.every(10, () => {
      seen.push(clock.nowUs());
      if (seen.length === 3) cancel();
    });

    clock.advanceMs(100);

    expect(seen).toEqual([10_000, 20_000, 30_000]);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('the system clock', () => {
  it('asks no timer for a delay below zero, of which newer versions of Node warn', () => {
    const setTimer = vi.spyOn(globalThis, 'setTimeout');
    try {
      systemClock.after(-0.5, () => {})();
      expect(setTimer.mock.calls.map(([, delayMs]) => delayMs)).toEqual([0]);
    } finally {
      setTimer.mockRestore();
    }
  });
});
