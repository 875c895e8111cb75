import { describe, expect, it } from 'vitest';
import { systemClock as clock } from '../../src/kernel/clock.js';
import { pacers } from '../../src/load/pacers/index.js';
import { builtAlarm } from '../support/built-alarm.js';

// Pacers are clocks: here real time must pass, a few milliseconds, and only lower bounds are asserted.

function settle(delayMs: number): Promise<void> {
  return new Promise((resolve) => clock.after(delayMs, resolve));
}

describe.each(Object.entries(pacers))('the pacer %s', (_name, pacerOn) => {
  it.each([0, 1, 2.5, 12])('wakes %d ms later, never before', async (delayMs) => {
    const pacer = pacerOn(clock, builtAlarm());
    const atUs = clock.nowUs() + delayMs * 1000;

    const wokenUs = await new Promise<number>((resolve) => {
      pacer.wakeAt(atUs, () => resolve(clock.nowUs()));
    });

    expect(wokenUs).toBeGreaterThanOrEqual(atUs);
  });

  it('lets the event loop turn before it wakes for an instant that has passed', async () => {
    const pacer = pacerOn(clock, builtAlarm());
    let woken = false;

    pacer.wakeAt(clock.nowUs() - 1e6, () => {
      woken = true;
    });
    await Promise.resolve();
    expect(woken).toBe(false);
    await settle(20);

    expect(woken).toBe(true);
  });

  it('wakes once for each order, and can be ordered again from inside', async () => {
    const pacer = pacerOn(clock, builtAlarm());
    let wakes = 0;
    const startUs = clock.nowUs();
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        wakes += 1;
        if (wakes === 5) resolve();
        else pacer.wakeAt(startUs + wakes * 1000, wake);
      };
      pacer.wakeAt(startUs, wake);
    });
    await settle(5);

    expect(wakes).toBe(5);
  });

  it.each([0, 5])('does not wake %d ms later when it has been stopped', async (delayMs) => {
    const pacer = pacerOn(clock, builtAlarm());
    let woken = false;

    pacer.wakeAt(clock.nowUs() + delayMs * 1000, () => {
      woken = true;
    });
    pacer.stop();
    await settle(20);

    expect(woken).toBe(false);
  });
});
