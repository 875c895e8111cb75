import { describe, expect, it } from 'vitest';
import { sizingKey, sizingsOf, sizingWords, tellingSizings } from '../../../src/model/results/sizing.js';

const half = { name: 'half a core', cpuCores: 0.5, memoryBytes: null };
const one = { name: '1 core', cpuCores: 1, memoryBytes: null };

describe('a sizing of the target', () => {
  it('is its workers and the limits of its case, whatever these are called', () => {
    const keys = [
      sizingKey({ workers: 1 }),
      sizingKey({ workers: 1, case: half }),
      sizingKey({ workers: 2, case: half }),
      sizingKey({ workers: 1, case: one }),
    ];
    expect(new Set(keys).size).toBe(4);
    expect(sizingKey({ workers: 1, case: { ...half, name: 'small' } })).toBe(keys[1]);
  });

  it('is told by what differs', () => {
    expect(sizingWords({ workers: 2, case: half })).toBe('2 workers, half a core');
    const sizings = [
      { workers: 1, case: one },
      { workers: 2, case: half },
    ];
    expect(tellingSizings(sizings)(sizings[1]!)).toBe('2 workers, half a core');
    expect(tellingSizings(sizings)(sizings[1]!, '2w')).toBe('2w half a core');
    expect(tellingSizings([sizings[0]!, { workers: 1, case: half }])(sizings[0]!, '2 w')).toBe('1 core');
    expect(tellingSizings([{ workers: 1 }, { workers: 4 }])({ workers: 4 }, '2 w')).toBe('4 w');
    expect(tellingSizings(sizings.slice(0, 1))(sizings[0]!)).toBe('');
  });

  it('comes in the order of the cases, in each the fewest workers first', () => {
    const all = [
      { workers: 4, case: one },
      { workers: 1, case: one },
      { workers: 1, case: half },
      { workers: 4, case: one },
    ];
    expect(sizingsOf(all).map(sizingWords)).toEqual([
      '1 worker, 1 core',
      '4 workers, 1 core',
      '1 worker, half a core',
    ]);
  });
});
