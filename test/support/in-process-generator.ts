import { generate } from '../../src/entry/generate.js';
import { systemClock as clock } from '../../src/kernel/clock.js';
import { Inbox } from '../../src/load/generators/inbox.js';
import {
  wholeWindow,
  type Generator,
  type GeneratorEvent,
  type GeneratorShare,
} from '../../src/model/generation/generator.js';
import { timerAlarm } from './timer-alarm.js';

/** generate() in this thread, as all tests call it; the window opens as soon as it is ready. */
export async function generateHere(
  share: GeneratorShare,
  emit: (event: GeneratorEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  let open = (_startUs: number): void => {};
  const start = new Promise<number>((resolve) => {
    open = resolve;
  });
  const onEvent = (event: GeneratorEvent): void => {
    emit(event);
    if (event.kind === 'ready') open(clock.nowUs() + 5000);
  };
  await generate(share, onEvent, { signal, window: wholeWindow(start), alarm: timerAlarm() });
}

/** A generator in this thread: what a generator process does, without the process. */
export function inProcessGenerator(): Generator {
  return {
    name: 'in-process',
    async *run(share, signal, window) {
      const inbox = new Inbox<GeneratorEvent | 'over'>();
      const control = { signal, window, alarm: timerAlarm() };
      const ended = generate(share, (event) => inbox.put(event), control).finally(() => inbox.put('over'));
      for (let event = await inbox.take(); event !== 'over'; event = await inbox.take()) yield event;
      await ended;
    },
    close: async () => {},
  };
}
