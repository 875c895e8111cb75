import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InFlight } from '../../../src/load/drivers/in-flight.js';

describe('InFlight', () => {
  it('has no oldest request while it is empty', () => {
    expect(new InFlight(3).oldest).toBe(-1);
  });

  it('does not take a request for sent before it is, whatever the slot did before', () => {
    const inFlight = new InFlight(1);
    inFlight.add(0, 1, 10, 11);
    inFlight.sentUs[0] = 12;
    inFlight.remove(0);

    inFlight.add(0, 2, 20, 21);

    expect(inFlight.sentUs[0]).toBeNaN();
    expect([inFlight.index[0], inFlight.dueUs[0], inFlight.releasedUs[0]]).toEqual([2, 20, 21]);
  });

  it('counts those that are on an open connection', () => {
    const inFlight = new InFlight(3);
    for (const slot of [0, 1, 2]) inFlight.add(slot, slot, 10, 11);
    inFlight.sentUs[0] = 12;
    inFlight.sentUs[2] = 12;

    expect([inFlight.countSent(), inFlight.count]).toEqual([2, 3]);
  });

  it('keeps requests in the order of their coming, whichever leaves', () => {
    const slots = 6;
    fc.assert(
      fc.property(fc.array(fc.nat(slots - 1), { maxLength: 60 }), (touched) => {
        const inFlight = new InFlight(slots);
        const plain: number[] = [];
        for (const slot of touched) {
          if (plain.includes(slot)) {
            plain.splice(plain.indexOf(slot), 1);
            inFlight.remove(slot);
          } else {
            plain.push(slot);
            inFlight.add(slot, 0, 0, 0);
          }
          expect([inFlight.oldest, inFlight.count]).toEqual([plain[0] ?? -1, plain.length]);
        }
      }),
    );
  });
});
