import { generate } from '../../src/entry/generate.js';
import { timerAlarm } from './timer-alarm.js';
import type { Generator, GeneratorEvent, GeneratorShare } from '../../src/model/generator.js';

/** generate() in this thread, as all tests call it. */
export function generateHere(
  share: GeneratorShare,
  emit: (event: GeneratorEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  return generate(share, emit, signal, timerAlarm());
}

/** A generator in this thread: what a load thread does, without the thread. */
export function inProcessGenerator(): Generator {
  return {
    name: 'in-process',
    async *run(share, signal) {
      const events: GeneratorEvent[] = [];
      await generateHere(share, (event) => events.push(event), signal);
      yield* events;
    },
    close: async () => {},
  };
}
