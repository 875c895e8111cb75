import { generate } from '../../src/entry/generate.js';
import type { Generator, GeneratorEvent } from '../../src/model/generator.js';

/** A generator in this thread: what a load thread does, without the thread. */
export function inProcessGenerator(): Generator {
  return {
    name: 'in-process',
    async *run(share, signal) {
      const events: GeneratorEvent[] = [];
      await generate(share, (event) => events.push(event), signal);
      yield* events;
    },
    close: async () => {},
  };
}
