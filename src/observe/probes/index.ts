import { contextSwitchesProbe } from './context-switches.js';
import { cpuThrottlingProbe } from './cpu-throttling.js';
import { hostProbe } from './host.js';
import { openFilesProbe } from './open-files.js';
import type { Probe } from './probe.js';
import { processesProbe } from './processes.js';
import { proportionalMemoryProbe } from './proportional-memory.js';
import { threadsProbe } from './threads.js';
import { workersProbe } from './workers.js';

/** All that is looked at in each window. CPU time first, since it is over the times of the looks. */
export const PROBES: readonly Probe[] = [
  processesProbe,
  hostProbe,
  workersProbe,
  cpuThrottlingProbe,
  threadsProbe,
  openFilesProbe,
  contextSwitchesProbe,
  proportionalMemoryProbe,
];
