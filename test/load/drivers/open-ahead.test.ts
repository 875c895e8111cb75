import { describe, expect, it } from 'vitest';
import { openAhead } from '../../../src/load/drivers/open-ahead.js';
import { FakeClock } from '../../support/fake-clock.js';

async function opened(count: number, advanceMs: number, signal = new AbortController().signal) {
  const clock = new FakeClock();
  const atMs: number[] = [];
  let isDone = false;
  const open = (slot: number): Promise<void> => {
    expect(slot).toBe(atMs.length);
    atMs.push(clock.nowUs() / 1000);
    return Promise.resolve();
  };
  void openAhead(clock, { open }, count, signal).then(() => {
    isDone = true;
  });
  for (let ms = 0; ms < advanceMs; ms += 1) {
    clock.advanceMs(1);
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  }
  return { atMs, isDone };
}

describe('openAhead', () => {
  it('opens one connection after another, 5 ms apart', async () => {
    const { atMs, isDone } = await opened(5, 26);

    expect(atMs).toEqual([0, 5, 10, 15, 20]);
    expect(isDone).toBe(true);
  });

  it('opens very many within half a second', async () => {
    const { atMs, isDone } = await opened(1000, 501);

    expect(atMs).toHaveLength(1000);
    expect(Math.max(...atMs)).toBeLessThan(500);
    expect(isDone).toBe(true);
  });

  it('opens none when the run is stopped, and resolves', async () => {
    const { atMs, isDone } = await opened(5, 2, AbortSignal.abort());

    expect(atMs).toEqual([]);
    expect(isDone).toBe(true);
  });
});
