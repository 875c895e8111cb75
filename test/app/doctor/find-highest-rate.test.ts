import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findHighestRate } from '../../../src/app/doctor/find-highest-rate.js';

/** A machine that can send up to `limit`; returns the rates that were tried as well. */
async function search(limit: number): Promise<{ found: number; tried: number[] }> {
  const tried: number[] = [];
  const found = await findHighestRate(async (rate) => {
    tried.push(rate);
    return rate <= limit;
  });
  return { found, tried };
}

describe('findHighestRate', () => {
  it('comes within a tenth of the limit, never above it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 850, max: 600_000 }), async (limit) => {
        const { found, tried } = await search(limit);
        expect(found).toBeLessThanOrEqual(limit);
        expect(found).toBeGreaterThan(limit / (limit < 5000 ? 1.5 : 1.15));
        expect(tried.length).toBeLessThan(22);
      }),
    );
  });

  it('finds nothing where nothing passes', async () => {
    expect((await search(0)).found).toBe(0);
  });

  it('ends where no machine has ended yet', async () => {
    expect((await search(Infinity)).found).toBe(640_000);
  });

  it('takes a single failure for noise', async () => {
    let calls = 0;
    const found = await findHighestRate(async (rate) => {
      calls += 1;
      return calls % 2 === 0 && rate <= 40_000;
    });
    expect(found).toBe(40_000);
  });
});
