import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { together, type Whole } from '../../../src/load/generators/together.js';
import { mergeTicks } from '../../../src/measure/live-view.js';
import { lostShare } from '../../../src/measure/lost-share.js';
import { mergeMeasurements } from '../../../src/measure/measure-cell.js';
import { scheduleOf } from '../../../src/load/schedules/index.js';
import type { Generator, GeneratorEvent, GeneratorShare } from '../../../src/model/generator.js';
import { drive } from '../../support/drive.js';
import { inProcessGenerator } from '../../support/in-process-generator.js';
import { share, shortPlan } from '../../support/shares.js';
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
      const { planned } = scheduleOf(told.plan, { index: 0, of: 1 });
      const mine = Array.from({ length: planned }, (_, at) => at).filter((at) => at % of === index);
      const schedule = { planned: mine.length, dueAtUs: (at: number) => mine[at] };
      yield { kind: 'finished', measurements: lostShare(schedule, told, 'scripted') };
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
          const plan = shortPlan(rate, 1000);
          const { events } = await drive(crew, share('http://x', { plan, maxConnections }));

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
      share('http://x', { plan: shortPlan(4, 100) }),
    );

    expect(events).toEqual([]);
  });

  it('fails when one of them fails before the window', async () => {
    const crew = together([scripted([], READY), scripted([], died('no memory'))], whole);
    const { events } = await drive(crew, share('http://x'));

    expect(events).toEqual([died('no memory')]);
  });

  it('counts the share of one that dies in the window as unfinished, and names the death', async () => {
    const server = await tinyServer();
    const dying: Generator = {
      name: 'dying',
      async *run(_told, _signal, start) {
        yield READY;
        await start;
        yield died('its process ended with SIGKILL');
      },
      close: async () => {},
    };
    const crew = together([inProcessGenerator(), dying], whole);
    const { events } = await drive(crew, share(server.origin, { plan: shortPlan(41, 200) }));
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
});
