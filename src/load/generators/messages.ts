import type { GeneratorEvent, GeneratorShare } from '../../model/generation/generator.js';

/** What sends: a client, or undici over HTTP/2. */
export type Engine = GeneratorShare['client'] | 'http2';

/** From the harness to a generator process. */
export type Order =
  /** Makes ready to send so, in the time before the first cell. */
  | { kind: 'warm'; engine: Engine }
  | { kind: 'run'; share: GeneratorShare }
  /** Opens the window at this instant of the shared monotonic clock. */
  | { kind: 'start'; startUs: number }
  /** Closes it before its time, at this instant. */
  | { kind: 'close'; atUs: number }
  | { kind: 'stop' };

/** From a generator process; `stopped` answers an order to stop. */
export type GeneratorMessage = GeneratorEvent | { kind: 'stopped' };
