import { KNOWN_GAUGES } from '../../../model/figures/known-gauges.js';
import type { DatabaseDetails } from '../../../model/results/database-details.js';
import type { Look } from '../probe.js';
import type { DatabaseLook, DatabaseSource, FromCounters } from './open-database.js';
import { PostgresDetailsReader } from './postgres-details.js';
import { APPLICATION_NAME, OWN_MARK } from './own-name.js';
import { PostgresSession } from './postgres-session.js';

const GAUGES = KNOWN_GAUGES.filter(({ id }) => id.startsWith('postgres.'));

const FROM_COUNTERS: Readonly<Record<string, FromCounters>> = {
  'postgres.deadlocks': { growthOf: 'deadlocks' },
  'postgres.transactions': { rateOf: 'transactions', less: 'own' },
  'postgres.cacheHitRatio': { shareOf: 'blocksHit', beside: 'blocksRead' },
  'postgres.tempFiles': { growthOf: 'tempFiles' },
  'postgres.tempBytes': { growthOf: 'tempBytes' },
};

/** From 15 on a session can be asked to add its own transactions to the counters at once, so that they can be taken off. */
const REPORTS_AT_ONCE = 150_000;

/**
 * One statement, so that all of it is of one instant. Clients of all databases: they share the limit. Of sessions whose
 * type this role may not see, those with a user and a database are clients, or the workers of one. A session that waits
 * for a lock waits for one; asking `pg_locks` instead would stop the lock tables for a moment.
 */
const look = (version: number): string => `
select /* ${OWN_MARK} */ sessions.*, counters.*, current_setting('max_connections')::int as "limit"${
  version >= REPORTS_AT_ONCE ? ', pg_stat_force_next_flush()' : ''
}
from (
  select
    count(*)::int as connections,
    count(*) filter (where state in ('active', 'fastpath function call'))::int as active,
    count(*) filter (where state = 'idle')::int as idle,
    count(*) filter (where state like 'idle in transaction%')::int as "idleInTransaction",
    count(*) filter (where wait_event_type = 'Lock')::int as waiting,
    count(*) filter (where backend_type is null or state = 'disabled')::int as hidden
  from pg_stat_activity
  -- Also without that which reads statements in another database.
  where pid <> pg_backend_pid() and application_name is distinct from '${APPLICATION_NAME}'
    and (backend_type = 'client backend'
      or (backend_type is null and datid is not null and usesysid is not null))
) sessions, (
  select
    (xact_commit + xact_rollback)::float8 as transactions,
    blks_hit::float8 as "blocksHit", blks_read::float8 as "blocksRead", deadlocks::float8 as deadlocks,
    temp_files::float8 as "tempFiles", temp_bytes::float8 as "tempBytes"
  from pg_stat_database where datname = current_database()
) counters`;

interface LookRow {
  readonly connections: number;
  readonly active: number;
  readonly idle: number;
  readonly idleInTransaction: number;
  readonly waiting: number;
  readonly hidden: number;
  readonly limit: number;
  readonly transactions: number;
  readonly blocksHit: number;
  readonly blocksRead: number;
  readonly deadlocks: number;
  readonly tempFiles: number;
  readonly tempBytes: number;
}

const BY_STATE = [
  'postgres.connections.active',
  'postgres.connections.idle',
  'postgres.connections.idleInTransaction',
  'postgres.locks.waiting',
] as const;
const HIDDEN =
  "the role of the probe may not see the sessions of others: give it pg_monitor (GRANT pg_monitor TO role), or name another role's URL with --probe";

/** Connections, locks and counters of a PostgreSQL. */
export class PostgresSource implements DatabaseSource {
  readonly gauges = GAUGES;
  readonly fromCounters = FROM_COUNTERS;
  private readonly session: PostgresSession;
  private readonly reader: PostgresDetailsReader;

  constructor(url: string) {
    this.session = new PostgresSession(url);
    this.reader = new PostgresDetailsReader(url, this.session);
  }

  async open(): Promise<void> {
    await this.reader.begin();
    // Its own transactions up to here stand in the counters when they are looked at.
    await this.session.rows(look);
  }

  async read({ isLast }: Pick<Look, 'isLast'>): Promise<DatabaseLook> {
    const own = this.session.transactions;
    const [row] = await this.session.rows<LookRow>(look);
    if (row === undefined) throw new Error('PostgreSQL told nothing of its sessions');
    if (isLast) await this.reader.end();
    return lookOf(row, own);
  }

  facts(): DatabaseDetails | undefined {
    const { details } = this.reader;
    return details && { postgres: details };
  }

  close(): void {
    this.reader.close();
    this.session.close();
  }
}

function lookOf(row: LookRow, own: number): DatabaseLook {
  const { connections, active, idle, idleInTransaction, waiting, hidden, limit } = row;
  const { transactions, blocksHit, blocksRead, deadlocks, tempFiles, tempBytes } = row;
  const [activeId, idleId, inTransactionId, waitingId] = BY_STATE;
  const byState = {
    [activeId]: active,
    [idleId]: idle,
    [inTransactionId]: idleInTransaction,
    [waitingId]: waiting,
  };
  return {
    levels: {
      'postgres.connections': connections,
      'postgres.connections.share': (100 * connections) / limit,
      'postgres.connections.limit': limit,
      ...(hidden === 0 ? byState : {}),
    },
    counters: { transactions, own, blocksHit, blocksRead, deadlocks, tempFiles, tempBytes },
    ...(hidden === 0 ? {} : { unknown: Object.fromEntries(BY_STATE.map((id) => [id, HIDDEN])) }),
  };
}
