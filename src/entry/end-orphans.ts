/*
 * What a target's guard becomes when the supervisor is gone, most likely by kill -9: ends what is left of the target, and
 * removes its control groups, and its scratch folder unless the harness is still alive and uses it.
 */
import { rmSync } from 'node:fs';
import { systemClock } from '../kernel/clock.js';
import { removeGroups } from '../target/confinement/control-group.js';
import { endFamily } from '../target/processes/end-family.js';
import { ORDER_VARIABLE, type LastOrder } from '../target/processes/guard.js';
import { ProcessFamily, send } from '../target/processes/process-family.js';

const { signs, stop, harness, scratch, groups } = JSON.parse(process.env[ORDER_VARIABLE] ?? '') as LastOrder;
await endFamily(systemClock, new ProcessFamily(signs), stop, new AbortController().signal);
await removeGroups(systemClock, groups);
if (scratch !== undefined && !send(harness, 0))
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
