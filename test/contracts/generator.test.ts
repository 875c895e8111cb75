import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { childProcessGenerator } from '../../src/load/generators/child-process.js';
import { together } from '../../src/load/generators/together.js';
import { mergeTicks } from '../../src/measure/live-view.js';
import { lostShare } from '../../src/measure/lost-share.js';
import { mergeMeasurements } from '../../src/measure/cell-collector.js';
import { generatorEventSchema, wholeWindow, type Generator } from '../../src/model/generation/generator.js';
import { drive, never } from '../support/drive.js';
import { inProcessGenerator } from '../support/in-process-generator.js';
import { share, shortLoad } from '../support/shares.js';
import { tinyServer, type TinyServer } from '../support/tiny-server.js';

const program = new URL('../../dist/entry/generator-process.js', import.meta.url);
const CREW = { engine: 'wire', users: 0, isRealTime: false } as const;
const whole = { ofTicks: mergeTicks, ofMeasurements: mergeMeasurements, ofLost: lostShare };

const implementations: Record<string, () => Generator> = {
  'in-process': inProcessGenerator,
  'child-process': () => {
    if (!existsSync(program)) throw new Error('build first: npm run build');
    return childProcessGenerator(program, CREW);
  },
  together: () => together([inProcessGenerator(), inProcessGenerator(), inProcessGenerator()], whole),
};

describe.each(Object.entries(implementations))('the generator %s', (name, create) => {
  let generator: Generator;
  let server: TinyServer;

  beforeAll(() => {
    generator = create();
  });
  beforeEach(async () => {
    server = await tinyServer();
  });
  afterEach(() => server.close());
  afterAll(() => generator.close());

  it('is called by its name', () => {
    expect(generator.name).toBe(name);
  });

  it('tells that it is ready, and ends with the figures of all its requests', async () => {
    const { events } = await drive(generator, share(server.origin, { load: shortLoad(40, 200) }));

    expect([events[0]?.kind, events.at(-1)?.kind]).toEqual(['ready', 'finished']);
    expect(events.at(-1)).toMatchObject({ measurements: { outcomes: { planned: 40, succeeded: 40 } } });
    expect(server.counted.get('/items')).toBe(40);
  });

  it('emits only what may cross a process', async () => {
    const { events } = await drive(generator, share(server.origin, { load: shortLoad(60, 600) }));

    for (const event of events) expect(generatorEventSchema.parse(structuredClone(event))).toEqual(event);
  });

  it('opens its window at the instant that it is told, and sends nothing before', async () => {
    let countedAtStart = Number.NaN;
    const told = share(server.origin, { load: shortLoad(40, 100) });
    const { events } = await drive(
      generator,
      told,
      never,
      ({ kind }) => {
        if (kind === 'ready') setTimeout(() => (countedAtStart = server.counted.size), 100);
      },
      200,
    );

    expect(countedAtStart).toBe(0);
    expect(events.at(-1)).toMatchObject({ measurements: { outcomes: { succeeded: 40 } } });
  });

  it('closes its window early at the instant that it is told, with the figures of what was due before', async () => {
    const told = share(server.origin, { load: shortLoad(6000, 60_000) });
    const { events } = await drive(generator, told, never, () => {}, 20, 500);

    expect(events.at(-1)).toMatchObject({ measurements: { outcomes: { planned: 50, succeeded: 50 } } });
    expect(server.counted.get('/items')).toBe(50);
  });

  it('ends early without figures when it is aborted, and can be used again', async () => {
    const stopper = new AbortController();
    const told = share(server.origin, { load: shortLoad(6000, 60_000) });
    const running = drive(generator, told, stopper.signal);
    await server.reached(5);
    stopper.abort();

    expect((await running).events.map(({ kind }) => kind)).not.toContain('finished');
    const again = await drive(generator, share(server.origin, { load: shortLoad(10, 50) }));
    expect(again.events.at(-1)).toMatchObject({
      measurements: { outcomes: { planned: 10, succeeded: 10 } },
    });
  });

  it('sends nothing when it is aborted before it begins', async () => {
    const { events } = await drive(generator, share(server.origin), AbortSignal.abort());

    expect(events.filter(({ kind }) => kind === 'finished')).toEqual([]);
    expect(server.counted.get('/items') ?? 0).toBeLessThan(10);
  });
});

describe('childProcessGenerator', () => {
  it('fails when its process ends by itself, and begins anew with the next cell', async () => {
    const dying = new URL('../fixtures/generators/dies.js', import.meta.url);
    const generator = childProcessGenerator(dying, CREW);

    for (let cell = 0; cell < 2; cell += 1) {
      const { events } = await drive(generator, share('http://127.0.0.1:1'));
      expect(events).toEqual([{ kind: 'failed', message: 'its process ended with code 3' }]);
    }
    await generator.close();
  });

  it('kills a process that does not answer the order to stop', async () => {
    const deaf = new URL('../fixtures/generators/deaf.js', import.meta.url);
    const generator = childProcessGenerator(deaf, CREW);
    const stopper = new AbortController();
    const run = generator.run(share('http://127.0.0.1:1'), stopper.signal, wholeWindow(Promise.resolve(0)));

    const first = run[Symbol.asyncIterator]().next();
    stopper.abort();

    expect((await first).done).toBe(true);
    await generator.close();
  });

  it('ends its process when it is closed', async () => {
    const generator = childProcessGenerator(program, CREW);

    await generator.close();

    // close() resolves only when the process has ended.
    const { events } = await drive(generator, share('http://127.0.0.1:1', { load: shortLoad(1, 10) }));
    expect(events.at(-1)?.kind).toBe('finished');
    await generator.close();
  }, 30_000); // two processes, each of which warms up its engine
});
