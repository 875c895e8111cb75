import type { Clock } from '../../kernel/clock.js';
import type { GeneratorShare } from '../../model/generation/generator.js';
import type { RequestSource } from '../../model/requests/request.js';
import type { Sample } from '../../model/generation/sample.js';
import type { OperationCheck } from '../check-answer.js';
import type { Pacer } from '../pacers/pacer.js';
import type { Transport } from '../transport/transport.js';

/** A way of making load: decides when each request goes out, and ends each in exactly one sample. */
export interface Driver {
  /** Makes its load from `startUs` of the shared clock on; resolves when every request has ended, with none under way. */
  run(startUs: number): Promise<void>;
  /**
   * Nothing is planned that would be due then or later, in microseconds after the start; what is due before goes on to its
   * end.
   */
  close(atUs: number): void;
  /** Sends nothing more; what is under way makes no sample. `run` resolves, soon if not at once. */
  stop(): void;
  /** Requests that it has got to so far. */
  readonly released: number;
  /** Requests that have been sent and have not ended; looks at all of them. */
  countInFlight(): number;
  /** Most requests that waited for a connection at once. */
  readonly longestQueue: number;
  /** Whether a request had to wait because every connection was in use. */
  readonly connectionLimitReached: boolean;
}

export interface DriverOptions {
  readonly clock: Clock;
  readonly pacer: Pacer;
  readonly source: RequestSource;
  readonly transport: Transport;
  /** What answers must be, by operation. */
  readonly checks: readonly OperationCheck[];
  /** Connections that stand already, on the first slots. */
  readonly openConnections: number;
  /** Both in microseconds after the start. */
  readonly onReleased: (dueUs: number, releasedUs: number) => void;
  /** Takes what it needs at once: the sample is reused. */
  readonly onSample: (sample: Sample) => void;
}

/**
 * A driver for a share, made in two steps. What may take long, such as counting the requests of a random schedule, is
 * done in the first one, before a start is agreed.
 */
export type DriverKind = (share: GeneratorShare) => (options: DriverOptions) => Driver;
