import { reasonOf } from '../kernel/errors.js';
import { generatorShareSchema, type GeneratorShare } from '../model/generation/generator.js';
import type { Engine, GeneratorMessage, Order } from '../load/generators/messages.js';
import { threadAlarm } from '../load/pacers/thread-alarm.js';
import { generate } from './generate.js';
import { warmEngine } from './warm-engine.js';

/** The program of a generator process: makes one share at a time. */
const send = (message: GeneratorMessage): void => {
  process.send?.(message);
};
/** One for the process: it has the same work in every cell. */
const alarm = threadAlarm(new URL('alarm-thread.js', import.meta.url));
const warm: Partial<Record<Engine, Promise<void>>> = {};
/** For tests of words and counts: the warm-up takes two seconds of a core, and is for the figures alone. */
const isCold = process.env['OPENAPI_BENCH_COLD'] === '1';
interface Cell {
  readonly stopper: AbortController;
  open(startUs: number): void;
  close(atUs: number): void;
}
let current: Cell | undefined;

process.on('message', (order: Order) => {
  switch (order.kind) {
    case 'warm':
      void makeReady(order.engine);
      return;
    case 'run':
      makeLoad(order.share);
      return;
    case 'start':
      current?.open(order.startUs);
      return;
    case 'close':
      current?.close(order.atUs);
      return;
    case 'stop':
      current?.stopper.abort();
      return;
  }
});
// The harness has gone, however it went.
process.on('disconnect', () => process.exit(0));
if (!process.connected) process.exit(0);
// A signal to all processes of a container is meant for the harness, which then orders what to do.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});

function makeReady(engine: Engine): Promise<void> {
  return (warm[engine] ??= isCold ? Promise.resolve() : warmEngine(alarm, engine));
}

function makeLoad(told: GeneratorShare): void {
  const stopper = new AbortController();
  let open = (_startUs: number): void => {};
  let close = (_atUs: number): void => {};
  const window = {
    opens: new Promise<number>((resolve) => (open = resolve)),
    closesEarly: new Promise<number>((resolve) => (close = resolve)),
  };
  current = { stopper, open, close };
  const share = generatorShareSchema.parse(told);
  makeReady(share.http2 === undefined ? share.client : 'http2')
    .then(() => generate(share, send, { signal: stopper.signal, window, alarm }))
    .then(() => {
      if (stopper.signal.aborted) send({ kind: 'stopped' });
    })
    .catch((error: unknown) => send({ kind: 'failed', message: reasonOf(error) }));
}
