import { figure } from './define-figure.js';
import type { FigureDefinition, FigureSource } from './figure.js';
import {
  CORE_PERCENT,
  COUNT,
  MEGABYTES,
  MEGABYTES_PER_MINUTE,
  MILLISECONDS,
  PERCENT,
  RATIO,
} from './units.js';

/** What the target cost. */
export const TARGET_FIGURES: readonly FigureDefinition[] = [
  figure('cpu', 'CPU of the target', CORE_PERCENT, 'lower', meanOf('target.cpu'), {
    gauge: 'target.cpu',
    table: [70, 'CPU', 'avg %', 4],
    page: ['Target process', 10, 'CPU %', 'mean of the process tree, 100 = one core'],
    fact: ['Target', 10, 'CPU, mean'],
    charted: [60],
    bars: '100 % is one core; ',
    csv: 'resources.cpuPercent.mean',
    metric: ['cpu_cores', 170, 'CPU of the process tree of the target, 1 = one core.', { stat: 'mean' }],
  }),
  figure('cpu.max', 'Peak of the CPU of the target', CORE_PERCENT, 'lower', maxOf('target.cpu'), {
    fact: ['Target', 20, 'CPU, peak'],
    csv: 'resources.cpuPercent.max',
    metric: ['cpu_cores', 171, null, { stat: 'max' }],
  }),
  figure(
    'cpu-per-request',
    'CPU for each request',
    MILLISECONDS,
    'lower',
    ({ cpuMsPerRequest }) => cpuMsPerRequest,
    {
      table: [80, 'CPU', 'ms/req', 2],
      page: ['Target process', 20, 'CPU ms/req', 'CPU time for each answer'],
      fact: ['Target', 30, 'CPU for each answer'],
      charted: [80],
      bars: '',
      compared: [60, 'CPU', 'ms/req', 2, 'CPU/req'],
      csv: 'resources.cpuMsPerRequest',
      metric: ['request_cpu_seconds', 180, 'CPU time of the target for each answer.'],
    },
  ),
  figure('memory', 'Memory of the target', MEGABYTES, 'lower', meanOf('target.memory'), {
    gauge: 'target.memory',
    table: [90, 'Mem', 'MB', 1],
    page: ['Target process', 30, 'MB', 'mean resident memory of the process tree'],
    fact: ['Target', 40, 'Memory (RSS), mean'],
    charted: [70],
    bars: '',
    compared: [70, 'Mem', 'MB', 1],
    csv: 'resources.memoryBytes.mean',
    metric: [
      'memory_bytes',
      190,
      'Sum of the resident sets of the process tree of the target.',
      { stat: 'mean' },
    ],
  }),
  figure('memory.max', 'Peak of the memory of the target', MEGABYTES, 'lower', maxOf('target.memory'), {
    fact: ['Target', 50, 'Memory (RSS), peak'],
    csv: 'resources.memoryBytes.max',
    metric: ['memory_bytes', 191, null, { stat: 'max' }],
  }),
  figure(
    'memory.share',
    'Memory of the target, of its limit',
    PERCENT,
    'lower',
    meanOf('target.memory.share'),
    { gauge: 'target.memory.share', csv: 'resources.memorySharePercent.mean' },
  ),
  figure(
    'memory.share.max',
    'Peak of the memory of the target, of its limit',
    PERCENT,
    'lower',
    maxOf('target.memory.share'),
    {
      fact: ['Target', 55, 'Memory (RSS), peak, of its limit or of the host'],
      csv: 'resources.memorySharePercent.max',
    },
  ),
  figure(
    'memory.growth',
    'Growth of the memory of the target',
    MEGABYTES_PER_MINUTE,
    'lower',
    ({ gauges }) => gauges?.['target.memory']?.growthPerMinute,
    {
      fact: ['Target', 60, 'Memory growth a minute', 'MB'],
      csv: 'resources.memoryBytes.growthPerMinute',
      metric: ['memory_growth_bytes_per_second', 210, 'Slope of the memory over the window.'],
    },
  ),
  figure(
    'memory.pss',
    'Memory of the target, shared pages counted once',
    MEGABYTES,
    'lower',
    meanOf('target.memory.pss'),
    {
      gauge: 'target.memory.pss',
      tellsOf: hasForked,
      table: [95, 'PSS', 'MB', 0],
      page: ['Target process', 40, 'PSS, MB', 'the same with a page that n processes share counted once'],
      fact: ['Target', 70, 'Memory (PSS), mean'],
      csv: 'resources.pssBytes.mean',
      metric: [
        'memory_pss_bytes',
        200,
        'Sum of the proportional set sizes: a page that n processes share counts once.',
        { stat: 'mean' },
      ],
    },
  ),
  figure(
    'memory.pss.max',
    'Peak of the memory of the target, shared pages counted once',
    MEGABYTES,
    'lower',
    maxOf('target.memory.pss'),
    {
      fact: ['Target', 80, 'Memory (PSS), peak'],
      csv: 'resources.pssBytes.max',
      metric: ['memory_pss_bytes', 201, null, { stat: 'max' }],
    },
  ),
  figure(
    'memory.pss.samples',
    'Looks at the memory with shared pages counted once',
    COUNT,
    null,
    ({ gauges }) => gauges?.['target.memory.pss']?.samples,
    { csv: 'resources.pssBytes.samples' },
  ),
  figure('processes', 'Processes of the target', COUNT, null, maxOf('target.processes'), {
    gauge: 'target.processes',
    fact: ['Target', 100, 'Processes'],
    csv: 'resources.processes',
  }),
  figure(
    'imbalance',
    'Busiest worker of the target ÷ the mean, by CPU',
    RATIO,
    'lower',
    ({ byProcess }) => byProcess?.imbalance.cpu,
    {
      fact: ['Target', 105, 'Busiest worker ÷ mean, CPU'],
      csv: 'byProcess.imbalance.cpu',
      metric: [
        'worker_imbalance',
        212,
        'Busiest worker divided by the mean of all workers of the target, by CPU time or by connections: 1 = even.',
        { of: 'cpu' },
      ],
    },
  ),
  figure(
    'imbalance.connections',
    'Busiest worker of the target ÷ the mean, by connections',
    RATIO,
    'lower',
    ({ byProcess }) => byProcess?.imbalance.connections,
    {
      fact: ['Target', 106, 'Busiest worker ÷ mean, connections'],
      csv: 'byProcess.imbalance.connections',
      metric: ['worker_imbalance', 213, null, { of: 'connections' }],
    },
  ),
  figure('samples', 'Looks at the target', COUNT, null, ({ gauges }) => gauges?.['target.cpu']?.samples, {
    csv: 'resources.samples',
  }),
];

/** One process shares next to nothing that the other figure would not show. */
function hasForked({ gauges }: FigureSource): boolean {
  return gauges?.['target.memory.pss'] !== undefined && (gauges['target.processes']?.max ?? 0) > 1;
}

/** Gauges that have figures of their own; all others are shown by what the record says of them. */
function meanOf(id: string): (source: FigureSource) => number | null | undefined {
  return ({ gauges }) => gauges?.[id]?.mean;
}

function maxOf(id: string): (source: FigureSource) => number | undefined {
  return ({ gauges }) => gauges?.[id]?.max;
}
