import { describe, expect, it } from 'vitest';
import { everySecond } from '../../src/kernel/every-second.js';
import { FakeClock } from '../support/fake-clock.js';

function ticksOf(startMs: number) {
  const clock = new FakeClock();
  const ticks: [second: number, elapsedMs: number][] = [];
  const cancel = everySecond(clock, startMs * 1000, (second, elapsedMs) => ticks.push([second, elapsedMs]));
  return { clock, ticks, cancel };
}

describe('everySecond', () => {
  it('tells of each second at its end, from a start that is still to come', () => {
    const { clock, ticks } = ticksOf(40);

    clock.advanceMs(1039);
    expect(ticks).toEqual([]);
    clock.advanceMs(1001);

    expect(ticks).toEqual([
      [0, 1000],
      [1, 2000],
    ]);
  });

  it('comes after the end of the second where that is no whole millisecond', () => {
    const { clock, ticks } = ticksOf(0.25);

    clock.advanceMs(1000);
    expect(ticks).toEqual([]);
    clock.advanceMs(1);

    expect(ticks).toEqual([[0, 1000.75]]);
  });

  it('takes the seconds of a stall for one', () => {
    const { clock, ticks } = ticksOf(0);
    clock.advanceMs(500);
    clock.spendUs(3_200_000);
    clock.advanceMs(0);
    expect(ticks).toEqual([[2, 3700]]);

    clock.advanceMs(300);

    expect(ticks[1]).toEqual([3, 4000]);
  });

  it('tells no more once it is cancelled, and leaves no timer', () => {
    const { clock, ticks, cancel } = ticksOf(0);
    clock.advanceMs(1500);

    cancel();
    clock.advanceMs(5000);

    expect(ticks).toHaveLength(1);
    expect(clock.pendingTimers).toBe(0);
  });
});
