/**
 * What probes read, by the names that objectives use. The id begins with whose it is (`gauge-owners.ts`); the title
 * leaves that out.
 */
export interface KnownGauge {
  readonly id: string;
  readonly title: string;
  /** As it is stored: `%`, `bytes`, `ms`, `/s`; empty for a number of things. */
  readonly unit: string;
  /**
   * `level`: stands at some height at any time; has a mean, a peak and a growth. `rate`: has a mean and a peak.
   * `window`: one value for the whole window, as a number of deadlocks; each look tells it for the time so far.
   */
  readonly kind: 'level' | 'rate' | 'window';
  /** Whether its course over the window is charted. */
  readonly isCharted: boolean;
  /** Whether the HTML report's table of all cells has a column for it. */
  readonly isColumn: boolean;
  /** Where one way is better than the other. */
  readonly better?: 'higher' | 'lower';
}

const LEVEL = { unit: '', kind: 'level', isCharted: false, isColumn: false } as const;
const RATE = { unit: '/s', kind: 'rate', isCharted: true, isColumn: true } as const;
const DETAIL_RATE = { unit: '/s', kind: 'rate', isCharted: false, isColumn: false } as const;
const IN_WINDOW = { unit: '', kind: 'window', isCharted: false, isColumn: false } as const;
const SHOWN = { isCharted: true, isColumn: true } as const;

/** A line each. Gauges of the target that have columns of their own stand in `target-figures.ts`. */
export const KNOWN_GAUGES: readonly KnownGauge[] = [
  { ...LEVEL, id: 'target.openFiles', title: 'Open files' },
  { ...LEVEL, id: 'target.threads', title: 'Threads' },
  { ...DETAIL_RATE, id: 'target.contextSwitches', title: 'Context switches' },
  { ...DETAIL_RATE, id: 'target.contextSwitches.involuntary', title: 'Involuntary context switches' },
  { ...DETAIL_RATE, id: 'target.cpu.throttled', title: 'Throttled periods', unit: '%', better: 'lower' },
  { ...LEVEL, id: 'host.memory', title: 'Memory in use', unit: '%' },
  { ...DETAIL_RATE, id: 'host.disk', title: 'Busiest disk', unit: '%' },
  { ...DETAIL_RATE, id: 'host.disk.written', title: 'Written to disks', unit: 'bytes/s' },
  { ...LEVEL, ...SHOWN, id: 'postgres.connections', title: 'Connections' },
  { ...LEVEL, id: 'postgres.connections.share', title: 'Connections of the limit', unit: '%' },
  { ...IN_WINDOW, id: 'postgres.connections.limit', title: 'Limit of connections' },
  { ...LEVEL, id: 'postgres.connections.active', title: 'Active connections', isCharted: true },
  { ...LEVEL, id: 'postgres.connections.idle', title: 'Idle connections' },
  { ...LEVEL, id: 'postgres.connections.idleInTransaction', title: 'Connections idle in a transaction' },
  { ...LEVEL, ...SHOWN, id: 'postgres.locks.waiting', title: 'Waiting locks' },
  { ...IN_WINDOW, id: 'postgres.deadlocks', title: 'Deadlocks', isColumn: true, better: 'lower' },
  { ...RATE, id: 'postgres.transactions', title: 'Transactions' },
  {
    ...IN_WINDOW,
    id: 'postgres.cacheHitRatio',
    title: 'Cache hit ratio',
    unit: '%',
    isColumn: true,
    better: 'higher',
  },
  { ...IN_WINDOW, id: 'postgres.tempFiles', title: 'Temporary files', better: 'lower' },
  {
    ...IN_WINDOW,
    id: 'postgres.tempBytes',
    title: 'Size of temporary files',
    unit: 'bytes',
    better: 'lower',
  },
  { ...LEVEL, ...SHOWN, id: 'redis.memory', title: 'Memory', unit: 'bytes' },
  { ...LEVEL, ...SHOWN, id: 'redis.clients', title: 'Clients' },
  { ...LEVEL, id: 'redis.clients.blocked', title: 'Blocked clients' },
  { ...IN_WINDOW, id: 'redis.hits', title: 'Hits' },
  { ...IN_WINDOW, id: 'redis.misses', title: 'Misses' },
  { ...IN_WINDOW, id: 'redis.hitRatio', title: 'Hit ratio', unit: '%', isColumn: true, better: 'higher' },
  { ...IN_WINDOW, id: 'redis.evictions', title: 'Evictions', isColumn: true, better: 'lower' },
];
