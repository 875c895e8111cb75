import type { GeneratorShare } from '../../model/generation/generator.js';
import { driverOf } from '../../model/loads/index.js';
import type { DriverKind } from './driver.js';
import { closedLoop } from './closed-loop.js';
import { openLoop } from './open-loop.js';
import { warmUp } from './warm-up.js';

/** The ways of making load, by name. */
export const drivers = {
  'open-loop': openLoop,
  'closed-loop': closedLoop,
  'warm-up': warmUp,
} satisfies Record<string, DriverKind>;

/** What makes the load of a share's window. */
export function windowDriver(share: GeneratorShare): ReturnType<DriverKind> {
  return drivers[driverOf(share.load)](share);
}
