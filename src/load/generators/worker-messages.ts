import type { GeneratorEvent, GeneratorShare } from '../../model/generator.js';

/** From the main thread to a load worker. */
export type Order = { kind: 'run'; share: GeneratorShare } | { kind: 'stop' };

/** From a load worker; `stopped` answers an order to stop. */
export type Report = GeneratorEvent | { kind: 'stopped' };
