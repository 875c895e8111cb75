import pg from 'pg';
import { ANSWER_LIMIT_MS, APPLICATION_NAME, CONNECT_LIMIT_MS, OWN_MARK } from './own-name.js';

const STATEMENT_LIMIT_MS = 700;
/** SQLAlchemy's URLs name a driver: `postgresql+asyncpg://`. */
const DRIVER = /^(postgres(?:ql)?)\+\w+:/i;

/** One connection, opened when it is needed, and again after it was lost. */
export class PostgresSession {
  private client: pg.Client | undefined;
  private opening: Promise<pg.Client> | undefined;
  private ended = 0;
  private version = 0;

  constructor(
    private readonly url: string,
    /** In place of the one that the URL names. */
    private readonly database?: string,
  ) {}

  /** Its own transactions up to now, which the counters of the database hold too. */
  get transactions(): number {
    return this.ended;
  }

  /** Rejects where the database does not answer in time; the next call connects anew. */
  async rows<Row extends pg.QueryResultRow>(
    sql: string | ((version: number) => string),
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    const client = await this.connected();
    const text = typeof sql === 'string' ? sql : sql(this.version);
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } catch (error) {
      this.close();
      throw error;
    } finally {
      this.ended += 1;
    }
  }

  close(): void {
    const { client } = this;
    this.client = undefined;
    // One that is gone has nothing to be told.
    client?.end().catch(() => {});
  }

  private connected(): Promise<pg.Client> {
    if (this.client !== undefined) return Promise.resolve(this.client);
    this.opening ??= this.connect().finally(() => (this.opening = undefined));
    return this.opening;
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      // What stands in it goes before all that is given beside it.
      ...{ connectionString: connectionString(this.url, this.database), application_name: APPLICATION_NAME },
      ...{ connectionTimeoutMillis: CONNECT_LIMIT_MS, query_timeout: ANSWER_LIMIT_MS },
      statement_timeout: STATEMENT_LIMIT_MS,
    });
    // Lost between two looks: the next one finds out.
    client.on('error', () => {
      if (this.client === client) this.client = undefined;
    });
    try {
      await client.connect();
      this.version = await versionOf(client);
      this.ended += CONNECTING;
    } catch (error) {
      client.end().catch(() => {});
      throw error;
    }
    this.client = client;
    return client;
  }
}

/** Connecting is a transaction itself, and so is asking for the version. */
const CONNECTING = 2;

/** 150004 for 15.4. */
async function versionOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `select /* ${OWN_MARK} */ current_setting('server_version_num')::int as version`,
  );
  return rows[0]?.version ?? 0;
}

function connectionString(text: string, database: string | undefined): string {
  const url = new URL(text.replace(DRIVER, '$1:'));
  url.searchParams.delete('application_name');
  if (database !== undefined) url.pathname = `/${database}`;
  return url.href;
}
