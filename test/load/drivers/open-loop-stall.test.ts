import { describe, expect, it } from 'vitest';
import { evenArrivals } from '../../../src/model/loads/even-arrivals.js';
import { latencyFigures } from '../../../src/measure/latency.js';
import { outcomes } from '../../../src/measure/outcomes.js';
import { stamps } from '../../../src/measure/stamps.js';
import { virtualOpenLoop } from '../../support/open-loop.js';

const STALL_FROM_US = 5e6;
const STALL_UNTIL_US = 6e6;
const ANSWER_US = 2000;

/** 1000/s for 10 s; the server answers in 2 ms, but for one second in the middle not at all. */
async function stallOn(connections: number) {
  const figures = stamps.create();
  const counts = outcomes({ ms: 10_000 }).create();
  const run = virtualOpenLoop({
    slots: connections,
    open: connections,
    schedule: evenArrivals(1000, 10_000),
    timeoutMs: 10_000,
    fate(_before, nowUs) {
      const doneUs = nowUs + ANSWER_US;
      const stalled = doneUs > STALL_FROM_US && nowUs < STALL_UNTIL_US;
      return { kind: 'answer', afterUs: stalled ? STALL_UNTIL_US + ANSWER_US - nowUs : ANSWER_US };
    },
    onSample(sample) {
      figures.add(sample);
      counts.add(sample);
    },
  });
  run.clock.advanceMs(22_000);
  const { response, service, queueWait } = figures.snapshot();
  return {
    finished: await run.hasFinished(),
    counts: counts.snapshot(),
    response: latencyFigures(response),
    service: latencyFigures(service),
    queueWait: latencyFigures(queueWait),
  };
}

describe('a server that stalls for one second in ten', () => {
  it.each([10, 2000])('shows in the response times of %d connections alike', async (connections) => {
    const { finished, counts, response } = await stallOn(connections);

    expect(finished).toBe(true);
    expect(counts).toMatchObject({ planned: 10_000, succeeded: 10_000, sent: 10_000, dropped: 0 });
    expect(response.p50).toBeCloseTo(2, 2);
    // 10 connections need a quarter of a second more to work the backlog off.
    expect(response.p95).toBeGreaterThan(490);
    expect(response.p95).toBeLessThan(connections === 10 ? 610 : 510);
    expect(response.p99).toBeGreaterThan(890);
    expect(response.p99).toBeLessThan(930);
    expect(response.max).toBeGreaterThan(990);
    expect(response.lowerBounds).toEqual([]);
  });

  it('hides from the service times of 10 connections, and shows in those of 2000', async () => {
    const few = await stallOn(10);
    const many = await stallOn(2000);

    expect(few.service.p95).toBeLessThan(10);
    expect(many.service.p95).toBeGreaterThan(490);
    expect(few.queueWait.p95).toBeGreaterThan(490);
    expect(many.queueWait.max).toBe(0);
  });
});
