import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock as clock } from '../../src/kernel/clock.js';
import {
  generatorEventSchema,
  type GeneratorEvent,
  type GeneratorShare,
} from '../../src/model/generation/generator.js';
import type { Measurements, ThreadAudit } from '../../src/model/generation/measurements.js';
import type { RequestBlueprint } from '../../src/model/requests/request.js';
import { generateHere } from '../support/in-process-generator.js';
import { refusedOrigin } from '../support/raw-server.js';
import { asking, share, shortLoad } from '../support/shares.js';
import { tinyServer, type TinyServer } from '../support/tiny-server.js';

/** Of a tenth of a second each. */
const TRIES_FOR_REST = 20;

let server: TinyServer;

beforeEach(async () => {
  server = await tinyServer();
});

afterEach(() => server.close());

async function run(told: GeneratorShare): Promise<{ events: GeneratorEvent[]; measurements: Measurements }> {
  const events: GeneratorEvent[] = [];
  await generateHere(told, (event) => events.push(event), new AbortController().signal);
  const last = events.at(-1);
  if (last?.kind !== 'finished') throw new Error('it did not finish');
  return { events, measurements: last.measurements };
}

/** Aborts as soon as `when` holds of an event; returns what was emitted and how long the end took. */
async function runUntil(told: GeneratorShare, when: (event: GeneratorEvent) => boolean) {
  const stopper = new AbortController();
  const events: GeneratorEvent[] = [];
  let abortedUs = Number.NaN;
  const onEvent = (event: GeneratorEvent): void => {
    events.push(event);
    if (!when(event) || stopper.signal.aborted) return;
    abortedUs = clock.nowUs();
    stopper.abort();
  };
  await generateHere(told, onEvent, stopper.signal);
  return { kinds: new Set(events.map(({ kind }) => kind)), endedAfterMs: (clock.nowUs() - abortedUs) / 1000 };
}

const counts = ({ outcomes }: Measurements) => outcomes;

const path = (name: string): RequestBlueprint => ({
  method: 'GET',
  path: `/${name}`,
  headers: [],
  body: null,
});

describe('generate', () => {
  it('makes exactly 200 requests of 200/s for one second, and the server counts as many', async () => {
    const { events, measurements } = await run(share(server.origin));

    expect(counts(measurements)).toMatchObject({ planned: 200, sent: 200, succeeded: 200, failed: 0 });
    expect(server.counted.get('/items')).toBe(200);
    expect(measurements.outcomes.bytesReceived).toBe(400);
    expect(events[0]?.kind).toBe('ready');
    for (const event of events) expect(generatorEventSchema.parse(event)).toEqual(event);
  });

  it('tells of each second while it runs, up to what it finally counts', async () => {
    const operations = asking(path('a'), path('404'));
    const { events, measurements } = await run(
      share(server.origin, { load: shortLoad(60, 1100), operations }),
    );
    const ticks = events.flatMap((event) => (event.kind === 'tick' ? [event.tick] : []));
    const { sent, succeeded, failed } = counts(measurements);

    // On a busy machine the first second may be over only when all has ended.
    expect(ticks.map(({ second }) => second)).toEqual(ticks.length === 1 ? [0] : [0, 1]);
    // A timer of Node may end up to a millisecond early.
    expect(ticks[0]?.elapsedMs).toBeGreaterThanOrEqual(999);
    expect(ticks.at(-1)).toMatchObject({ phase: 'window', sent, succeeded, failed, inFlight: 0 });
    expect({ sent, succeeded, failed }).toEqual({ sent: 60, succeeded: 30, failed: 30 });
  });

  it('makes its own share only', async () => {
    const load = shortLoad(50, 250);
    const shares = [0, 1, 2].map((index) => run(share(server.origin, { load, part: { index, of: 3 } })));
    const done = await Promise.all(shares);

    expect(done.map(({ measurements }) => counts(measurements).planned)).toEqual([17, 17, 16]);
    expect(server.counted.get('/items')).toBe(50);
  });

  it('takes the blueprints in turn', async () => {
    const operations = asking(path('a'), path('b'), path('404'));
    const { measurements } = await run(share(server.origin, { load: shortLoad(30, 150), operations }));

    expect(Object.fromEntries(server.counted)).toEqual({ '/a': 10, '/b': 10, '/404': 10 });
    expect(counts(measurements)).toMatchObject({ succeeded: 20, failed: 10, completed: 30 });
    expect(counts(measurements).statusCodes).toEqual({ '200': 20, '404': 10 });
  });

  it('leaves the warm-up out of its figures and keeps its connections', async () => {
    const warmup = { durationMs: 200, connections: 3, ratePerSecond: 100 };
    const told = { load: shortLoad(10, 200), warmup, maxConnections: 3 };
    const { measurements } = await run(share(server.origin, told));

    expect(counts(measurements)).toMatchObject({ planned: 10, sent: 10 });
    expect(server.counted.get('/items')).toBeGreaterThan(10);
    expect(server.counted.get('/items')).toBeLessThan(10 + 60); // 20 and one, and what a busy machine's late timers let through
    expect(measurements.threads).toMatchObject([{ connectionsOpened: 3, connectionsOpenedInWindow: 0 }]);
  });

  it('measures a port that refuses, with nothing sent', async () => {
    const origin = await refusedOrigin();
    const { measurements } = await run(share(origin, { load: shortLoad(20, 100) }));

    expect(counts(measurements)).toMatchObject({ planned: 20, sent: 0, failed: 20 });
    expect(counts(measurements).failures).toEqual({ 'connection-refused': 20 });
  });

  it('times out what is never answered', async () => {
    const told = { load: shortLoad(5, 50), operations: asking(path('silent')), timeoutMs: 100 };
    const { measurements } = await run(share(server.origin, told));

    expect(counts(measurements)).toMatchObject({ planned: 5, sent: 5, timedOut: 5, unfinished: 0 });
  });

  it.each(['relaxed', 'precise'] as const)('says what it cost with %s pacing', async (pacing) => {
    const once = async (): Promise<ThreadAudit> => {
      const { measurements } = await run(share(server.origin, { load: shortLoad(10, 100), pacing }));
      return measurements.threads[0]!;
    };
    let thread = await once();
    // A thread that others keep from the core has no rest in a tenth of a second.
    for (let tries = 1; thread.busyShare === 1 && tries < TRIES_FOR_REST; tries += 1) thread = await once();

    expect(thread.busyShare).toBeGreaterThan(0);
    expect(thread.busyShare).toBeLessThan(1);
    expect(thread.cpuMs).toBeGreaterThan(0);
    expect(thread.gapErrorUs.count).toBe(9);
  });

  it('opens the connections that the rate needs before the window', async () => {
    // 20,000/s and the least hold of a millisecond.
    const load = shortLoad(200, 10);
    const { measurements } = await run(share(server.origin, { load, maxConnections: 20 }));

    expect(measurements.threads).toMatchObject([{ connectionsOpened: 20, connectionsOpenedInWindow: 0 }]);
  });

  describe('when it is aborted', () => {
    const endless = { durationMs: 60_000, connections: 2, ratePerSecond: 50 };
    const longPlan = shortLoad(6000, 60_000);

    it('ends in the warm-up without a word', async () => {
      const stopper = new AbortController();
      const events: GeneratorEvent[] = [];
      const told = share(server.origin, { warmup: endless });
      const ended = generateHere(told, (event) => events.push(event), stopper.signal);
      await server.reached(3);

      stopper.abort();
      await ended;

      expect(events).toEqual([]);
    });

    it('ends in a warm-up that gets no answers', async () => {
      const stopper = new AbortController();
      const told = share(server.origin, {
        warmup: endless,
        operations: asking(path('silent')),
        timeoutMs: 60_000,
      });
      const ended = generateHere(told, () => {}, stopper.signal);
      await server.reached(2);

      stopper.abort();
      await ended;

      expect(server.counted.get('/silent')).toBe(2);
    });

    it('ends in the window without figures', async () => {
      const { kinds, endedAfterMs } = await runUntil(
        share(server.origin, { load: longPlan }),
        (event) => event.kind === 'tick' && event.tick.phase === 'window',
      );

      expect(kinds).toEqual(new Set(['ready', 'tick']));
      expect(endedAfterMs).toBeLessThan(5000);
    });

    it('ends in the drain without figures', async () => {
      const told = { load: shortLoad(10, 100), operations: asking(path('silent')), timeoutMs: 60_000 };
      const { kinds, endedAfterMs } = await runUntil(
        share(server.origin, told),
        (event) => event.kind === 'tick' && event.tick.phase === 'drain',
      );

      expect(kinds).toEqual(new Set(['ready', 'tick']));
      expect(endedAfterMs).toBeLessThan(5000);
    });

    it('does not begin when it has been aborted before', async () => {
      const events: GeneratorEvent[] = [];
      const warmup = { ...endless, durationMs: 100 };
      await generateHere(
        share(server.origin, { warmup }),
        (event) => events.push(event),
        AbortSignal.abort(),
      );

      expect(events).toEqual([]);
      expect(server.counted.size).toBe(0);
    });

    it('sends nothing more once it has ended', async () => {
      await runUntil(share(server.origin, { load: longPlan }), (event) => event.kind === 'tick');
      const pause = () => new Promise((resolve) => clock.after(50, () => resolve(undefined)));
      // What was sent at the very end may reach a busy server late; at 100/s each pause would bring five more.
      let before: number | undefined;
      for (let tries = 0; tries < 10 && before !== server.counted.get('/items'); tries += 1) {
        before = server.counted.get('/items');
        await pause();
      }

      expect(server.counted.get('/items')).toBe(before);
    });
  });
});
