import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workerThreadGenerator } from '../../src/load/generators/worker-thread.js';
import { generatorEventSchema, type Generator, type GeneratorEvent } from '../../src/model/generator.js';
import { inProcessGenerator } from '../support/in-process-generator.js';
import { share, shortPlan } from '../support/shares.js';
import { tinyServer, type TinyServer } from '../support/tiny-server.js';

const program = new URL('../../dist/entry/load-worker.js', import.meta.url);

const implementations: Record<string, () => Generator> = {
  'in-process': inProcessGenerator,
  'worker-thread': () => {
    if (!existsSync(program)) throw new Error('build first: npm run build');
    return workerThreadGenerator(program);
  },
};

const never = new AbortController().signal;

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

  async function all(events: AsyncIterable<GeneratorEvent>): Promise<GeneratorEvent[]> {
    const list: GeneratorEvent[] = [];
    for await (const event of events) list.push(event);
    return list;
  }

  it('is called by its name', () => {
    expect(generator.name).toBe(name);
  });

  it('tells that it has started, and ends with the figures of all its requests', async () => {
    const events = await all(generator.run(share(server.origin, { plan: shortPlan(40, 200) }), never));

    expect([events[0]?.kind, events.at(-1)?.kind]).toEqual(['started', 'finished']);
    expect(events.at(-1)).toMatchObject({ measurements: { outcomes: { planned: 40, succeeded: 40 } } });
    expect(server.counted.get('/items')).toBe(40);
  });

  it('emits only what may cross a thread', async () => {
    for (const event of await all(generator.run(share(server.origin, { plan: shortPlan(60, 600) }), never))) {
      expect(generatorEventSchema.parse(structuredClone(event))).toEqual(event);
    }
  });

  it('opens its window after the call, on the clock of all threads', async () => {
    const before = Number(process.hrtime.bigint() / 1000n);
    const [started] = await all(generator.run(share(server.origin, { plan: shortPlan(4, 20) }), never));
    const after = Number(process.hrtime.bigint() / 1000n);

    expect(started).toMatchObject({ kind: 'started' });
    const { startUs } = started as GeneratorEvent & { kind: 'started' };
    expect(startUs).toBeGreaterThan(before);
    expect(startUs).toBeLessThan(after);
  });

  it('ends early without figures when it is aborted, and can be used again', async () => {
    const stopper = new AbortController();
    const running = all(
      generator.run(share(server.origin, { plan: shortPlan(6000, 60_000) }), stopper.signal),
    );
    await server.reached(5);
    stopper.abort();

    expect((await running).map(({ kind }) => kind)).not.toContain('finished');
    const again = await all(generator.run(share(server.origin, { plan: shortPlan(10, 50) }), never));
    expect(again.at(-1)).toMatchObject({ measurements: { outcomes: { planned: 10, succeeded: 10 } } });
  });

  it('sends nothing when it is aborted before it begins', async () => {
    const events = await all(generator.run(share(server.origin), AbortSignal.abort()));

    expect(events.filter(({ kind }) => kind === 'finished')).toEqual([]);
    expect(server.counted.get('/items') ?? 0).toBeLessThan(10);
  });
});

describe('workerThreadGenerator', () => {
  it('fails when its thread ends by itself', async () => {
    const generator = workerThreadGenerator(new URL('data:text/javascript,process.exit(3)'));

    const events: GeneratorEvent[] = [];
    for await (const event of generator.run(share('http://127.0.0.1:1'), never)) events.push(event);

    expect(events).toEqual([{ kind: 'failed', message: 'the load thread ended with code 3' }]);
    await expect(
      generator.run(share('http://127.0.0.1:1'), never)[Symbol.asyncIterator]().next(),
    ).rejects.toThrow('ended with code 3');
  });

  it('fails with what its thread has thrown', async () => {
    const generator = workerThreadGenerator(new URL('data:text/javascript,throw new Error("broken")'));

    const events: GeneratorEvent[] = [];
    for await (const event of generator.run(share('http://127.0.0.1:1'), never)) events.push(event);

    expect(events).toEqual([{ kind: 'failed', message: 'broken' }]);
  });
});
