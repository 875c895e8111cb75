import type { Clock } from '../../kernel/clock.js';
import type { RequestSource } from '../../model/request.js';
import type { Sample } from '../../model/sample.js';
import type { Schedule } from '../../model/schedule.js';
import type { FindFault } from '../check-answer.js';
import type { Pacer } from '../pacers/pacer.js';
import type { Transport } from '../transport/transport.js';

export interface OpenLoopOptions {
  readonly clock: Clock;
  readonly pacer: Pacer;
  readonly schedule: Schedule;
  readonly source: RequestSource;
  readonly transport: Transport;
  /** Connections that stand already; more than these are closed again when they are not needed. */
  readonly openConnections: number;
  /** Counted from due. */
  readonly timeoutUs: number;
  readonly maxQueue: number;
  readonly isSuccess: (status: number) => boolean;
  readonly onReleased: (dueUs: number, releasedUs: number) => void;
  /** Looks for more that may be wrong with an answer. */
  readonly findFault?: FindFault | undefined;
  /** Takes what it needs at once: the sample is reused. */
  readonly onSample: (sample: Sample) => void;
}
