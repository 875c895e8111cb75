import { closeSync, openSync, readFileSync } from 'node:fs';
import { devNull, platform } from 'node:os';
import { describe, expect, it } from 'vitest';
import { reserveDescriptors } from '../../src/entry/reserve-descriptors.js';

describe('reserveDescriptors', () => {
  it.runIf(platform() === 'linux')('makes the table of descriptors large enough', () => {
    const tableSize = () => Number(/^FDSize:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
    const wanted = 2 * tableSize();
    reserveDescriptors(wanted);
    expect(tableSize()).toBeGreaterThanOrEqual(wanted);
  });

  it('leaves none of them open', () => {
    const lowest = () => {
      const descriptor = openSync(devNull, 'r');
      closeSync(descriptor);
      return descriptor;
    };
    const before = lowest();
    reserveDescriptors(100);
    // Other threads of the test runner may open a file meanwhile.
    expect(lowest()).toBeLessThan(before + 100);
  });
});
