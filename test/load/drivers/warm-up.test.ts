import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WarmUp } from '../../../src/load/drivers/warm-up.js';
import { FakeClock } from '../../support/fake-clock.js';
import { fakePacer } from '../../support/fake-pacer.js';
import { FakeTransport, type Fate } from '../../support/fake-transport.js';
import { ONE_REQUEST } from '../../support/open-loop.js';

interface Plan {
  readonly slots?: number;
  readonly connections?: number;
  readonly ratePerSecond?: number;
  readonly durationMs?: number;
  readonly timeoutMs?: number;
  readonly connectUs?: number;
  readonly latenessUs?: () => number;
  readonly fate: (before: number, nowUs: number) => Fate;
}

function virtualWarmUp({ slots = 20, connections = 4, latenessUs, ...plan }: Plan) {
  const clock = new FakeClock();
  const transport = new FakeTransport(clock, { slots, ...plan });
  const loop = new WarmUp({
    clock,
    pacer: fakePacer(clock, latenessUs),
    source: ONE_REQUEST,
    checks: [{ isExpected: (status) => status === 200, findFault: undefined }],
    transport,
    openConnections: 0,
    onReleased: () => {},
    onSample: () => {},
    durationMs: 1000,
    connections,
    ratePerSecond: 100,
    timeoutMs: 500,
    ...plan,
  });
  let finished = false;
  void loop.run(0).then(() => {
    finished = true;
  });
  return {
    clock,
    transport,
    loop,
    hasFinished: async (): Promise<boolean> => {
      await Promise.resolve();
      return finished;
    },
  };
}

const answer = (afterMs: number): Fate => ({ kind: 'answer', afterUs: afterMs * 1000 });

describe('WarmUp', () => {
  it('sends at its rate to a fast target', () => {
    const { clock, transport } = virtualWarmUp({ fate: () => answer(1) });

    clock.advanceMs(999);

    expect(transport.sent).toBe(100);
  });

  it('sends nothing that is due at its end, also when that is seen a little later', () => {
    const { clock, transport } = virtualWarmUp({ fate: () => answer(1), latenessUs: () => -10 });

    clock.advanceMs(2000);

    expect(transport.sent).toBe(100);
  });

  it('sends to a slow target only as fast as it answers', () => {
    // 4 connections, 100 ms each: 40 answers a second at most.
    const { clock, transport } = virtualWarmUp({ fate: () => answer(100), ratePerSecond: 1000 });

    clock.advanceMs(5000);

    expect(transport.requests.length).toBeLessThanOrEqual(40);
    expect(transport.requests.length).toBeGreaterThanOrEqual(36);
    expect(transport.mostInFlight).toBe(4);
  });

  it('waits for its last answers before it ends', async () => {
    const { clock, transport, hasFinished } = virtualWarmUp({ fate: () => answer(300) });

    clock.advanceMs(1100);
    expect(await hasFinished()).toBe(false);
    clock.advanceMs(200);

    expect(await hasFinished()).toBe(true);
    expect([transport.inFlight, clock.pendingTimers]).toEqual([0, 0]);
  });

  it('gives up after the timeout what is still unanswered, and ends', async () => {
    const { clock, transport, hasFinished } = virtualWarmUp({ fate: () => ({ kind: 'silence' }) });

    clock.advanceMs(1499);
    expect(await hasFinished()).toBe(false);
    clock.advanceMs(1);

    expect(await hasFinished()).toBe(true);
    expect(transport.inFlight).toBe(0);
  });

  it('goes on after failures', () => {
    const { clock, transport } = virtualWarmUp({
      fate: (before) => (before % 2 ? { kind: 'refusal', afterUs: 10 } : { kind: 'failure', afterUs: 10 }),
    });

    clock.advanceMs(999);

    expect(transport.requests).toHaveLength(100);
  });

  it('never exceeds its connections or its rate', () => {
    const fate: fc.Arbitrary<Fate> = fc.oneof(
      fc.record({ kind: fc.constant('answer'), afterUs: fc.nat(300_000) }),
      fc.record({ kind: fc.constant('failure'), afterUs: fc.nat(100_000) }),
      fc.record({ kind: fc.constant('refusal'), afterUs: fc.nat(1000) }),
      fc.constant({ kind: 'silence' }),
    );
    const plan = fc.record({
      fates: fc.array(fate, { minLength: 1, maxLength: 10 }),
      slots: fc.integer({ min: 1, max: 8 }),
      connections: fc.integer({ min: 1, max: 8 }),
      ratePerSecond: fc.double({ min: 1, max: 2000, noNaN: true }),
      durationMs: fc.integer({ min: 1, max: 800 }),
      connectUs: fc.constantFrom(0, 2000, Infinity),
      lateness: fc.array(fc.nat(50_000), { minLength: 1, maxLength: 5 }),
    });
    fc.assert(
      fc.property(plan, ({ fates, lateness, ...rest }) => {
        let wakes = 0;
        const { clock, transport } = virtualWarmUp({
          ...rest,
          latenessUs: () => lateness[wakes++ % lateness.length] as number,
          fate: (before, nowUs) => {
            expect(before).toBeLessThanOrEqual((nowUs * rest.ratePerSecond) / 1e6 + 1e-6);
            expect(nowUs).toBeLessThan(rest.durationMs * 1000);
            return fates[before % fates.length] as Fate;
          },
        });
        clock.advanceMs(rest.durationMs + 500);
        expect(transport.mostInFlight).toBeLessThanOrEqual(Math.min(rest.connections, rest.slots));
      }),
      { numRuns: 150 },
    );
  });
});
