import type { CellRule } from '../cell-rule.js';
import { connectionLimitReached } from './connection-limit-reached.js';
import { connectionsNotReused } from './connections-not-reused.js';
import { fewSamples } from './few-samples.js';
import { generatorBusy } from './generator-busy.js';
import { generatorDied } from './generator-died.js';
import { generatorLagged } from './generator-lagged.js';
import { generatorOutOfResources } from './generator-out-of-resources.js';
import { generatorSaturated } from './generator-saturated.js';
import { generatorThrottled } from './generator-throttled.js';
import { hostSaturated } from './host-saturated.js';
import { lagInTail } from './lag-in-tail.js';
import { memoryKills } from './memory-kills.js';
import { notStationary } from './not-stationary.js';
import { probesCostly } from './probes-costly.js';
import { requestsDropped } from './requests-dropped.js';
import { requestsFailed } from './requests-failed.js';
import { requestsNotReleased } from './requests-not-released.js';
import { requestsTimedOut } from './requests-timed-out.js';
import { serviceDied } from './service-died.js';
import { targetDied } from './target-died.js';
import { targetThrottled } from './target-throttled.js';
import { windowTooShort } from './window-too-short.js';

/** Deaths of databases and of the target, of which all else may come; then the generator's own faults. */
export const cellRules: readonly CellRule[] = [
  serviceDied,
  targetDied,
  memoryKills,
  generatorDied,
  requestsNotReleased,
  generatorLagged,
  lagInTail,
  generatorSaturated,
  generatorOutOfResources,
  generatorBusy,
  generatorThrottled,
  requestsFailed,
  requestsTimedOut,
  requestsDropped,
  connectionLimitReached,
  connectionsNotReused,
  hostSaturated,
  probesCostly,
  targetThrottled,
  notStationary,
  windowTooShort,
  fewSamples,
];
