import type { GeneratorEvent, GeneratorShare } from '../../model/generator.js';

/** From the harness to a generator process. */
export type Order =
  /** Makes ready to send with this client, in the time before the first cell. */
  | { kind: 'warm'; client: GeneratorShare['client'] }
  | { kind: 'run'; share: GeneratorShare }
  /** Opens the window at this instant of the shared monotonic clock. */
  | { kind: 'start'; startUs: number }
  | { kind: 'stop' };

/** From a generator process; `stopped` answers an order to stop. */
export type Report = GeneratorEvent | { kind: 'stopped' };
