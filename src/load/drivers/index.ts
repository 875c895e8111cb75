import type { GeneratorShare } from '../../model/generator.js';
import type { LoadPlan } from '../../model/load-plan.js';
import type { DriverKind } from './driver.js';
import { openLoop } from './open-loop.js';
import { warmUp } from './warm-up.js';

/** The ways of making load, by name. */
export const drivers = {
  'open-loop': openLoop,
  'warm-up': warmUp,
} satisfies Record<string, DriverKind>;

const DRIVER_OF: Readonly<Record<LoadPlan['kind'], keyof typeof drivers>> = {
  'constant-rate': 'open-loop',
  stages: 'open-loop',
};

/** What makes the load of a share's window. */
export function windowDriver(share: GeneratorShare): ReturnType<DriverKind> {
  return drivers[DRIVER_OF[share.plan.kind]](share);
}
