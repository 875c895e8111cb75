import { KNOWN_GAUGES } from '../../../model/figures/known-gauges.js';
import type { DatabaseLook, DatabaseSource, FromCounters } from './open-database.js';
import { RedisSession } from './redis-session.js';

const GAUGES = KNOWN_GAUGES.filter(({ id }) => id.startsWith('redis.'));

const FROM_COUNTERS: Readonly<Record<string, FromCounters>> = {
  'redis.hits': { growthOf: 'hits' },
  'redis.misses': { growthOf: 'misses' },
  'redis.hitRatio': { shareOf: 'hits', beside: 'misses' },
  'redis.evictions': { growthOf: 'evictions' },
};

/** Memory, clients and counters of a Redis. */
export class RedisSource implements DatabaseSource {
  readonly gauges = GAUGES;
  readonly fromCounters = FROM_COUNTERS;
  private readonly session: RedisSession;

  constructor(url: string) {
    this.session = new RedisSession(url);
  }

  open(): Promise<void> {
    return this.session.open();
  }

  async read(): Promise<DatabaseLook> {
    const info = await this.session.info();
    const number = (name: string): number => numberIn(info, name);
    return {
      levels: {
        'redis.memory': number('used_memory'),
        // Without the probe itself.
        'redis.clients': number('connected_clients') - 1,
        'redis.clients.blocked': number('blocked_clients'),
      },
      counters: {
        hits: number('keyspace_hits'),
        misses: number('keyspace_misses'),
        evictions: number('evicted_keys'),
      },
    };
  }

  facts(): undefined {
    return undefined;
  }

  close(): void {
    this.session.close();
  }
}

function numberIn(info: ReadonlyMap<string, string>, name: string): number {
  const value = Number(info.get(name) ?? NaN);
  if (Number.isNaN(value)) throw new Error(`Redis does not tell ${name}`);
  return value;
}
