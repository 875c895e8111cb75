import { describe, expect, it } from 'vitest';
import { Opening } from '../../../src/load/drivers/opening.js';

const PERIOD_US = 5000;

/** Of a hundred requests that find no connection free, how many may open one. */
function allowed(opening: Opening, nowUs: number, lateUs = 0, inFlight = 50): number {
  const requests = Array.from({ length: 100 }, () => opening.isAllowed(nowUs, nowUs - lateUs, inFlight));
  return requests.filter(Boolean).length;
}

/** After two looks, between which so many answers came and the queue went from `before` to `after`. */
function looked(answers: number, before = 0, after = 0, secondAtUs = 2 * PERIOD_US) {
  const opening = new Opening(PERIOD_US);
  opening.look(PERIOD_US, before);
  for (let answer = 0; answer < answers; answer += 1) opening.noteAnswer(PERIOD_US);
  return { opening, mostForQueue: opening.look(secondAtUs, after) };
}

describe('Opening', () => {
  it('opens ten from one look to the next for requests that are in time', () => {
    expect(allowed(new Opening(PERIOD_US), 1000)).toBe(10);
    expect(allowed(looked(0).opening, 11_000)).toBe(10);
  });

  it('opens two where many answers come, since the generator has enough to do', () => {
    expect(allowed(looked(20).opening, 11_000)).toBe(10);
    expect(allowed(looked(21).opening, 11_000)).toBe(2);
  });

  it('opens none for a request that is late, nor just after an answer', () => {
    const opening = new Opening(PERIOD_US);
    expect(allowed(opening, 5000, 1001)).toBe(0);
    opening.noteAnswer(4500);
    expect(allowed(opening, 5000)).toBe(0);
    expect(allowed(opening, 5500)).toBe(10);
  });

  it('opens for each request where none would come free by itself', () => {
    const opening = new Opening(PERIOD_US);
    expect(allowed(opening, 5000, 1001, 0)).toBe(100);
    opening.noteEnd(false);
    expect(allowed(opening, 5000, 1001)).toBe(100);
    opening.noteEnd(true);
    expect(allowed(opening, 5000, 1001)).toBe(0);
  });

  it('opens for a queue that does not shrink, unless the look itself is late', () => {
    expect(looked(5, 30, 30).mostForQueue).toBe(10);
    expect(looked(30, 30, 31).mostForQueue).toBe(2);
    expect(looked(5, 30, 29).mostForQueue).toBe(0);
    expect(looked(5, 0, 30).mostForQueue).toBe(0);
    expect(looked(5, 30, 30, 3 * PERIOD_US).mostForQueue).toBe(0);
  });
});
