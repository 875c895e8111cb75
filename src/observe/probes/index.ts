import type { Probe } from './probe.js';
import { processesProbe } from './processes.js';
import { proportionalMemoryProbe } from './proportional-memory.js';

/** All that is looked at in each window. */
export const PROBES: readonly Probe[] = [processesProbe, proportionalMemoryProbe];
