import { systemClock as clock } from '../../src/kernel/clock.js';
import type { Generator, GeneratorEvent, GeneratorShare } from '../../src/model/generation/generator.js';

export const never = new AbortController().signal;

/** Runs a share to its end as the harness does: opens the window `leadMs` after the generator is ready. */
export async function drive(
  generator: Generator,
  share: GeneratorShare,
  signal: AbortSignal = never,
  onEvent: (event: GeneratorEvent) => void = () => {},
  leadMs = 20,
  closesMs = Infinity,
): Promise<{ events: GeneratorEvent[]; startUs: number }> {
  let open = (_startUs: number): void => {};
  const start = new Promise<number>((resolve) => {
    open = resolve;
  });
  let close = (_atUs: number): void => {};
  const closesEarly = new Promise<number>((resolve) => {
    close = resolve;
  });
  let startUs = Number.NaN;
  const events: GeneratorEvent[] = [];
  for await (const event of generator.run(share, signal, { opens: start, closesEarly })) {
    events.push(event);
    onEvent(event);
    if (event.kind === 'ready') {
      startUs = clock.nowUs() + leadMs * 1000;
      open(startUs);
      if (closesMs !== Infinity) close(startUs + closesMs * 1000);
    }
  }
  return { events, startUs };
}
