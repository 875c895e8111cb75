import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotPool } from '../../../src/load/drivers/slot-pool.js';

/** As the driver does when it may open connections. */
function take(pool: SlotPool): number {
  const slot = pool.takeOpen();
  return slot >= 0 ? slot : pool.takeClosed();
}

describe('SlotPool', () => {
  it('gives the warm connections first, then those to be opened, then none', () => {
    const pool = new SlotPool(4, 2);

    expect([take(pool), take(pool), take(pool), take(pool), take(pool)]).toEqual([0, 1, 2, 3, -1]);
  });

  it('takes no more warm connections for granted than there are slots', () => {
    const pool = new SlotPool(2, 5);

    expect([pool.free, take(pool), take(pool), take(pool)]).toEqual([2, 0, 1, -1]);
  });

  it('prefers an open connection to one that must be opened', () => {
    const pool = new SlotPool(3, 1);
    const first = take(pool);
    const second = take(pool);
    pool.give(first, false);
    pool.give(second, true);

    expect(take(pool)).toBe(second);
  });

  it('gives open connections least recently used first, and never one twice', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.nat(6),
        fc.array(fc.record({ isTaken: fc.boolean(), which: fc.nat(5), open: fc.boolean() }), {
          maxLength: 80,
        }),
        (slots, opened, steps) => {
          const pool = new SlotPool(slots, opened);
          const openLine = Array.from({ length: Math.min(slots, opened) }, (_, slot) => slot);
          const taken: number[] = [];
          for (const { isTaken, which, open } of steps) {
            if (isTaken) {
              const slot = take(pool);
              if (openLine.length > 0) expect(slot).toBe(openLine.shift());
              if (slot < 0) expect(taken).toHaveLength(slots);
              else expect(taken).not.toContain(slot);
              if (slot >= 0) taken.push(slot);
            } else if (taken.length > 0) {
              const [slot] = taken.splice(which % taken.length, 1) as [number];
              pool.give(slot, open);
              if (open) openLine.push(slot);
            }
            expect(pool.free).toBe(slots - taken.length);
          }
        },
      ),
    );
  });

  it('opens the lowest number first, whichever was closed last', () => {
    const pool = new SlotPool(4, 0);
    const slots = [take(pool), take(pool), take(pool)];
    for (const slot of [0, 2, 1]) pool.give(slot, false);

    expect(slots).toEqual([0, 1, 2]);
    expect([take(pool), take(pool), take(pool), take(pool)]).toEqual([0, 1, 2, 3]);
  });

  it('tells open connections from those to be opened', () => {
    const pool = new SlotPool(3, 1);

    expect([pool.takeOpen(), pool.takeOpen()]).toEqual([0, -1]);
    expect([pool.takeClosed(), pool.takeClosed(), pool.takeClosed()]).toEqual([1, 2, -1]);
  });

  it('takes a connection that is gone for one to be opened, and keeps the order of the others', () => {
    const pool = new SlotPool(4, 4);
    pool.give(take(pool), true);
    pool.close(2);

    expect([take(pool), take(pool), take(pool), take(pool)]).toEqual([1, 3, 0, 2]);
    pool.close(2);
    expect(pool.free).toBe(0);
  });

  it('finds open connections beyond a number', () => {
    const pool = new SlotPool(4, 3);

    expect([pool.openAtLeast(0), pool.openAtLeast(2), pool.openAtLeast(3)]).toEqual([0, 2, -1]);
  });
});
