import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostLoadBetween, parseProcStat, readHostCounters } from '../../src/observe/host-cpu.js';

const STAT = 'cpu  100 5 50 800 20 3 2 20 40 0\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 5';

test('the first line of /proc/stat is read; guest time, which user time holds already, is not counted twice', () => {
  expect(parseProcStat(STAT)).toEqual({ total: 1000, idle: 820, steal: 20 });
});

describe('between two readings', () => {
  test('busy is what is not idle, and steal is a part of all', () => {
    const before = { total: 1000, idle: 800, steal: 10 };
    expect(hostLoadBetween(before, { total: 1200, idle: 850, steal: 20 })).toEqual({
      cpuPercent: 75,
      stealPercent: 5,
    });
  });

  test('steal that is not counted is not known', () => {
    const none = { total: 0, idle: 0, steal: null };
    expect(hostLoadBetween(none, { total: 100, idle: 50, steal: null })).toEqual({
      cpuPercent: 50,
      stealPercent: null,
    });
  });

  test('that are the same nothing is known', () => {
    const same = { total: 5, idle: 5, steal: 0 };
    expect(hostLoadBetween(same, same)).toEqual({ cpuPercent: null, stealPercent: null });
  });

  test('the figures are per cents, even when the counters run backwards', () => {
    const counters = fc.record({ total: fc.nat(), idle: fc.nat(), steal: fc.nat() });
    fc.assert(
      fc.property(counters, counters, (before, after) => {
        for (const figure of Object.values(hostLoadBetween(before, after))) {
          if (figure === null) continue;
          expect(figure).toBeGreaterThanOrEqual(0);
          expect(figure).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});

test('this machine can be read', () => {
  const { total, idle } = readHostCounters();
  expect(total).toBeGreaterThan(idle);
});
