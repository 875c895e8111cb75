import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { together, type Whole } from '../../../src/load/generators/together.js';
import { mergeTicks } from '../../../src/measure/live-view.js';
import { lostShare } from '../../../src/measure/lost-share.js';
import { mergeMeasurements } from '../../../src/measure/cell-collector.js';
import { sourceOf } from '../../../src/load/request-source.js';
import { scheduleOf } from '../../../src/load/schedules/index.js';
import type {
  Generator,
  GeneratorEvent,
  GeneratorShare,
  PartialTick,
} from '../../../src/model/generation/generator.js';
import { drive } from '../../support/drive.js';
import { inProcessGenerator } from '../../support/in-process-generator.js';
import { share, shortLoad } from '../../support/shares.js';
import { tinyServer } from '../../support/tiny-server.js';

const whole: Whole = { ofTicks: mergeTicks, ofMeasurements: mergeMeasurements, ofLost: lostShare };

/** Tells what is told, after having noted its share. */
function scripted(notes: GeneratorShare[], ...events: GeneratorEvent[]): Generator {
  return {
    name: 'scripted',
    async *run(told) {
      notes.push(told);
      for (const event of events) yield event;
    },
    close: async () => {},
  };
}

const READY: GeneratorEvent = { kind: 'ready' };
const died = (message: string): GeneratorEvent => ({ kind: 'failed', message });

/** Finishes with all of its requests unfinished, which is enough to be counted. */
function finishing(notes: GeneratorShare[]): Generator {
  return {
    name: 'finishing',
    async *run(told) {
      notes.push(told);
      yield READY;
      const { index, of } = told.part;
      const { planned } = scheduleOf(told.load, { index: 0, of: 1 });
      const mine = Array.from({ length: planned }, (_, at) => at).filter((at) => at % of === index);
      const schedule = { planned: mine.length, dueAtUs: (at: number) => mine[at] };
      yield { kind: 'finished', measurements: lostShare(schedule, sourceOf(told, 0), told, 'scripted') };
    },
    close: async () => {},
  };
}

describe('together', () => {
  it('plans exactly the whole, whatever does not divide', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 40 }),
        async (threads, rate, maxConnections) => {
          const notes: GeneratorShare[] = [];
          const crew = together(
            Array.from({ length: threads }, () => finishing(notes)),
            whole,
          );
          const load = shortLoad(rate, 1000);
          const { events } = await drive(crew, share('http://x', { load, maxConnections }));

          expect(events.at(-1)).toMatchObject({ measurements: { outcomes: { planned: rate } } });
          expect(notes.reduce((sum, told) => sum + told.maxConnections, 0)).toBe(maxConnections);
          expect(notes.every((told) => told.maxConnections > 0)).toBe(true);
          expect(notes.length).toBe(Math.min(threads, maxConnections));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is ready only when all are', async () => {
    const { events } = await drive(
      together([scripted([], READY), scripted([])], whole),
      share('http://x', { load: shortLoad(4, 100) }),
    );

    expect(events).toEqual([]);
  });

  it('fails when one of them fails before the window', async () => {
    const crew = together([scripted([], READY), scripted([], died('no memory'))], whole);
    const { events } = await drive(crew, share('http://x'));

    expect(events).toEqual([died('no memory')]);
  });

  /** Its process is killed as soon as the window opens. */
  const dying: Generator = {
    name: 'dying',
    async *run(_told, _signal, { opens }) {
      yield READY;
      await opens;
      yield died('its process ended with SIGKILL');
    },
    close: async () => {},
  };

  it('counts the share of one that dies in the window as unfinished, and names the death', async () => {
    const server = await tinyServer();
    const crew = together([inProcessGenerator(), dying], whole);
    const { events } = await drive(crew, share(server.origin, { load: shortLoad(41, 200) }));
    await server.close();

    expect(server.counted.get('/items')).toBe(21);
    expect(events.at(-1)).toMatchObject({
      kind: 'finished',
      measurements: {
        outcomes: { planned: 41, succeeded: 21, unfinished: 20 },
        audit: { released: 21 },
        threads: [{ death: null }, { death: 'its process ended with SIGKILL' }],
      },
    });
  });

  it('counts of such a share no more than was due when the window closed early', async () => {
    const server = await tinyServer();
    const crew = together([inProcessGenerator(), dying], whole);
    const told = share(server.origin, { load: shortLoad(400, 4000) });
    const { events } = await drive(crew, told, undefined, undefined, 20, 200);
    await server.close();

    // One every 10 ms, and every second one was the other's.
    expect(events.at(-1)).toMatchObject({
      measurements: { outcomes: { planned: 20, succeeded: 10, unfinished: 10 } },
    });
  });

  describe('of what its parts tell of a second', () => {
    const told = (changes: Partial<PartialTick>): GeneratorEvent => ({
      kind: 'tick',
      tick: {
        ...{ phase: 'window', second: 0, elapsedMs: 1000, released: 10, sent: 10, succeeded: 10, failed: 0 },
        ...{ timedOut: 0, inFlight: 0, answers: [[5, 1]] },
        ...changes,
      },
    });
    const FINISHED: GeneratorEvent = {
      kind: 'finished',
      measurements: lostShare(
        scheduleOf(shortLoad(0.1, 1000), { index: 0, of: 1 }),
        { operationAt: () => 0 },
        share('http://x'),
        '',
      ),
    };

    /** The whole's ticks when its parts tell these things in this order. */
    async function ticksOf(...order: [part: number, event: GeneratorEvent][]): Promise<PartialTick[]> {
      const parts = [0, 1].map((part) => order.filter(([of]) => of === part).map(([, event]) => event));
      // Each waits until those before have told, in the order of all.
      let at = 0;
      const waiting: (() => void)[] = [];
      const turn = async (part: number): Promise<void> => {
        while (order[at]?.[0] !== part) await new Promise<void>((resolve) => waiting.push(resolve));
        at += 1;
      };
      const crew = parts.map((events, part): Generator => ({
        name: 'in turn',
        async *run() {
          yield READY;
          for (const event of events) {
            await turn(part);
            yield event;
            for (const resume of waiting.splice(0)) resume();
          }
        },
        close: async () => {},
      }));
      const { events } = await drive(together(crew, whole), share('http://x'));
      return events.flatMap((event) => (event.kind === 'tick' ? [event.tick] : []));
    }

    it('makes one, once all have told', async () => {
      const ticks = await ticksOf([0, told({})], [1, told({ sent: 7 })], [0, FINISHED], [1, FINISHED]);

      expect(ticks).toMatchObject([{ sent: 17, answers: [[5, 2]] }]);
    });

    it('keeps the totals of one that has ended, and waits for it no more', async () => {
      const ticks = await ticksOf(
        ...([
          [0, told({})],
          [1, told({})],
          [0, FINISHED],
        ] as [number, GeneratorEvent][]),
        ...([
          [1, told({ second: 1, elapsedMs: 2000, sent: 20 })],
          [1, FINISHED],
        ] as [number, GeneratorEvent][]),
      );

      expect(ticks.map(({ second, sent }) => [second, sent])).toEqual([
        [0, 20],
        [1, 30],
      ]);
      expect(ticks[1]?.answers).toEqual([[5, 1]]);
    });

    it('loses nothing of one that tells twice in a round', async () => {
      const last = told({ second: 1, elapsedMs: 1003, sent: 11 });
      const ticks = await ticksOf([0, told({})], [0, last], [1, told({})], [0, FINISHED], [1, FINISHED]);

      expect(ticks).toMatchObject([{ second: 1, sent: 21, answers: [[5, 3]] }]);
    });

    it('tells what was left of a round when its last part ends', async () => {
      const last = told({ second: 1, elapsedMs: 1003, sent: 12 });
      const ticks = await ticksOf([0, told({})], [1, told({})], [1, last], [0, FINISHED], [1, FINISHED]);

      expect(ticks.map(({ sent }) => sent)).toEqual([20, 22]);
    });

    it('has nothing in flight of one that has died', async () => {
      const busy = told({ sent: 9, inFlight: 4 });
      const ticks = await ticksOf(
        ...([
          [0, busy],
          [1, told({})],
          [0, died('killed')],
        ] as [number, GeneratorEvent][]),
        ...([
          [1, told({ second: 1, elapsedMs: 2000 })],
          [1, FINISHED],
        ] as [number, GeneratorEvent][]),
      );

      expect(ticks.map(({ sent, inFlight }) => [sent, inFlight])).toEqual([
        [19, 4],
        [19, 0],
      ]);
    });
  });
});
