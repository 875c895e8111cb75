import type { ServiceName } from '../../../model/results/service.js';
import type { Probe } from '../probe.js';
import type { DatabaseSource } from './open-database.js';
import { OpenDatabase } from './open-database.js';
import { PostgresSource } from './postgres.js';
import { RedisSource } from './redis.js';

const SOURCES: Readonly<Record<ServiceName, (url: string) => DatabaseSource>> = {
  postgres: (url) => new PostgresSource(url),
  redis: (url) => new RedisSource(url),
};

/** A look at a database in each window; in its URL may be a password. */
export function databaseProbe(name: ServiceName, url: string): Probe {
  const { gauges } = SOURCES[name](url);
  return { name, gauges, open: () => new OpenDatabase(SOURCES[name](url)) };
}

/** Rejects with the database's own words where it cannot be looked at. */
export async function checkDatabase(name: ServiceName, url: string): Promise<void> {
  const source = SOURCES[name](url);
  try {
    await source.open();
    await source.read({ isLast: false });
  } finally {
    source.close();
  }
}
