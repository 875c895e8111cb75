import { figure } from './define-figure.js';
import type { FigureDefinition } from './figure.js';
import { CORE_PERCENT, COUNT, MILLISECONDS, ROUGH_SHARE } from './units.js';

/** What the generator says of itself, and its host. */
export const GENERATOR_FIGURES: readonly FigureDefinition[] = [
  figure(
    'generator.busy',
    'Busiest generator thread',
    ROUGH_SHARE,
    'lower',
    ({ generator }) => generator?.busyShare,
    {
      fact: ['Generator', 40, 'Busiest thread'],
      csv: 'generator.busyShare',
      metric: ['generator_busy_ratio', 220, 'Work of the busiest generator thread in the window.'],
    },
  ),
  figure(
    'generator.cpu',
    'CPU of the generator',
    CORE_PERCENT,
    'lower',
    ({ generator }) => generator?.cpuPercent,
    { csv: 'generator.cpuPercent' },
  ),
  figure('generator.queue', 'Longest queue', COUNT, 'lower', ({ generator }) => generator?.longestQueue, {
    fact: ['Generator', 50, 'Longest queue'],
  }),
  figure(
    'generator.connections',
    'Connections opened',
    COUNT,
    'lower',
    ({ generator }) => generator?.connectionsOpened,
    { fact: ['Generator', 60, 'Connections opened'] },
  ),
  figure(
    'generator.gc',
    'Longest garbage collection',
    MILLISECONDS,
    'lower',
    ({ generator }) => generator?.gcPauses.maxMs,
    { fact: ['Generator', 70, 'Longest garbage collection'] },
  ),
  figure('host.cpu', 'CPU of the host', CORE_PERCENT, 'lower', ({ generator }) => generator?.hostCpuPercent, {
    gauge: 'host.cpu',
    fact: ['Generator', 90, 'CPU of the host'],
    csv: 'generator.hostCpuPercent',
  }),
  figure(
    'host.steal',
    'CPU of the host stolen by other guests',
    CORE_PERCENT,
    'lower',
    ({ generator }) => generator?.stealPercent,
    { gauge: 'host.steal', fact: ['Generator', 100, 'Stolen by other guests'] },
  ),
];
