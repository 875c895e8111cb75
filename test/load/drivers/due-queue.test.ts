import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DueQueue } from '../../../src/load/drivers/due-queue.js';

describe('DueQueue', () => {
  it('has nobody first in line while it is empty', () => {
    const queue = new DueQueue(5);
    expect([queue.firstIndex, queue.length, queue.longest]).toEqual([-1, 0, 0]);
  });

  it('refuses what exceeds its limit, and remembers how long it was', () => {
    const queue = new DueQueue(2);

    expect([queue.push(0, 0, 0), queue.push(1, 0, 0), queue.push(2, 0, 0)]).toEqual([true, true, false]);
    queue.shift();

    expect([queue.length, queue.longest, queue.firstIndex]).toEqual([1, 2, 1]);
  });

  it('behaves like a plain array, while it grows and wraps around too', () => {
    const step = fc.oneof(
      fc.record({ push: fc.integer({ min: 1, max: 1500 }), shift: fc.constant(0) }),
      fc.record({ push: fc.constant(0), shift: fc.integer({ min: 1, max: 1500 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.integer({ min: 1, max: 4000 }), (steps, limit) => {
        const queue = new DueQueue(limit);
        const plain: number[] = [];
        const left: number[] = [];
        const expected: number[] = [];
        let next = 0;
        for (const { push, shift } of steps) {
          for (let count = push; count > 0; count -= 1) {
            if (queue.push(next, next * 7, next * 10)) plain.push(next);
            next += 1;
          }
          for (let count = shift; count > 0 && plain.length > 0; count -= 1) {
            left.push(queue.firstIndex, queue.firstDueUs, queue.firstReleasedUs);
            queue.shift();
            const first = plain.shift() as number;
            expected.push(first, first * 7, first * 10);
          }
          expect(queue.length).toBe(plain.length);
          expect(queue.firstIndex).toBe(plain[0] ?? -1);
        }
        expect(left).toEqual(expected);
      }),
    );
  });
});
