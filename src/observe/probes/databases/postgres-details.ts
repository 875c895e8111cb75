import { reasonOf } from '../../../kernel/errors.js';
import { redactText } from '../../../kernel/redact-text.js';
import { oneLine } from '../../../kernel/text.js';
import type { PostgresDetails } from '../../../model/results/database-details.js';
import { OWN_MARK } from './own-name.js';
import { PostgresSession } from './postgres-session.js';

const MOST = 10;
/** Among them may be some of the probe's own. */
const MOST_TEXTS = 2 * MOST;
const MOST_CHARACTERS = 300;
/** Where an extension that serves all databases is made most often, besides the target's own. */
const SHARED_DATABASE = 'postgres';

/** Totals of one table or statement, by what it is. */
type Totals<Row> = ReadonlyMap<string, Row>;

interface TableRow {
  readonly id: string;
  readonly table: string;
  readonly scans: number;
  readonly read: number;
  readonly indexScans: number;
  readonly rows: number;
}

interface StatementRow {
  readonly id: string;
  readonly calls: number;
  readonly totalMs: number;
  readonly rows: number;
}

const TABLES = `
select /* ${OWN_MARK} */
  relid::text as id,
  case schemaname when 'public' then relname else schemaname || '.' || relname end as table,
  seq_scan::float8 as scans, seq_tup_read::float8 as read, coalesce(idx_scan, 0)::float8 as "indexScans",
  n_live_tup::float8 as rows
from pg_stat_user_tables`;

const FIND_STATEMENTS = `
select /* ${OWN_MARK} */ quote_ident(nspname) || '.pg_stat_statements' as view, current_database() as database
from pg_extension join pg_namespace on pg_namespace.oid = extnamespace where extname = 'pg_stat_statements'`;

/** The tables that a window has read from end to end, and its slowest statements. */
export class PostgresDetailsReader {
  private tables: Totals<TableRow> | undefined;
  private statements: Totals<StatementRow> | undefined;
  private found: { readonly session: PostgresSession; readonly view: string } | undefined;
  private database = '';
  private missing = `the extension pg_stat_statements is neither in this database nor in ${SHARED_DATABASE}`;
  private result: PostgresDetails | undefined;

  constructor(
    private readonly url: string,
    private readonly session: PostgresSession,
  ) {}

  get details(): PostgresDetails | undefined {
    return this.result;
  }

  /** Before the window. */
  async begin(): Promise<void> {
    this.tables = await this.readTables();
    this.found = await this.findStatements();
    this.statements = await this.readStatements();
  }

  /** At its close. Leaves the details unknown where the window's beginning is. */
  async end(): Promise<void> {
    const { tables: before } = this;
    if (before === undefined) return;
    const tables = await this.readTables();
    const statements = await this.slowest();
    this.result = {
      ...{ sequentialScans: scansBetween(before, tables), statements },
      ...(statements === null ? { statementsMissing: this.missing } : {}),
    };
  }

  /** The session that it was given stays open. */
  close(): void {
    if (this.found?.session !== this.session) this.found?.session.close();
  }

  private async readTables(): Promise<Totals<TableRow>> {
    return byId(await this.session.rows<TableRow>(TABLES));
  }

  /** In the target's database, or where it stands most often besides. Where it is in neither, or may not be read, there is none. */
  private async findStatements(): Promise<typeof this.found> {
    const [own] = await this.session.rows<{ view: string }>(FIND_STATEMENTS);
    const [here] = await this.session.rows<{ database: string }>(
      `select /* ${OWN_MARK} */ current_database() as database`,
    );
    this.database = here?.database ?? '';
    if (own !== undefined) return { session: this.session, view: own.view };
    const shared = new PostgresSession(this.url, SHARED_DATABASE);
    try {
      const [there] = await shared.rows<{ view: string }>(FIND_STATEMENTS);
      if (there !== undefined) return { session: shared, view: there.view };
    } catch (error) {
      // This role may not connect there, for one: it may well be there.
      this.missing = `not in this database, and ${SHARED_DATABASE} cannot be asked: ${oneLine(reasonOf(error))}`;
    }
    shared.close();
    return undefined;
  }

  private async readStatements(): Promise<Totals<StatementRow> | undefined> {
    const { found } = this;
    if (found === undefined) return undefined;
    // Without the texts, which lie in a file.
    const sql = `
select /* ${OWN_MARK} */
  queryid::text as id, sum(calls)::float8 as calls, sum(total_exec_time)::float8 as "totalMs", sum(rows)::float8 as rows
from ${found.view}(false) where ${OF_DATABASE} and queryid is not null group by queryid`;
    try {
      return byId(await found.session.rows<StatementRow>(sql, [this.database]));
    } catch (error) {
      // Made in the database, but not loaded by the server; or not for this role.
      this.missing = oneLine(reasonOf(error));
      this.close();
      this.found = undefined;
      return undefined;
    }
  }

  private async slowest(): Promise<PostgresDetails['statements']> {
    const { statements: before, found } = this;
    const after = await this.readStatements();
    if (before === undefined || after === undefined || found === undefined) return null;
    const grown = [...after.values()]
      .map((row) => grownStatement(before.get(row.id), row))
      .filter(({ calls }) => calls > 0)
      .sort((a, b) => b.totalMs - a.totalMs)
      .slice(0, MOST_TEXTS);
    const sql = `
select /* ${OWN_MARK} */ queryid::text as id, min(query) as text
from ${found.view} where ${OF_DATABASE} and queryid = any($2::bigint[]) group by queryid`;
    const rows = await found.session.rows<{ id: string; text: string }>(sql, [
      this.database,
      grown.map(({ id }) => id),
    ]);
    const texts = new Map(rows.map(({ id, text }) => [id, text]));
    return grown
      .flatMap(({ id, calls, totalMs, rows: touched }) => {
        const text = texts.get(id);
        if (text === undefined || text.includes(OWN_MARK)) return [];
        return { text: shown(text), calls, totalMs, meanMs: totalMs / calls, rows: touched };
      })
      .slice(0, MOST);
  }
}

const OF_DATABASE = 'dbid = (select oid from pg_database where datname = $1)';

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): Totals<Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

function scansBetween(before: Totals<TableRow>, after: Totals<TableRow>): PostgresDetails['sequentialScans'] {
  return [...after.values()]
    .map(({ id, table, rows, ...now }) => {
      const then = before.get(id);
      return {
        table,
        sequentialScans: grown(then?.scans, now.scans),
        rowsRead: grown(then?.read, now.read),
        indexScans: grown(then?.indexScans, now.indexScans),
        rows,
      };
    })
    .filter(({ sequentialScans }) => sequentialScans > 0)
    .sort((a, b) => b.rowsRead - a.rowsRead)
    .slice(0, MOST);
}

function grownStatement(then: StatementRow | undefined, now: StatementRow): StatementRow {
  return {
    id: now.id,
    calls: grown(then?.calls, now.calls),
    totalMs: grown(then?.totalMs, now.totalMs),
    rows: grown(then?.rows, now.rows),
  };
}

/** A total that is less than before has begun anew. */
function grown(before = 0, now: number): number {
  return now >= before ? now - before : now;
}

/** Values are left out of it already, but for those of statements that PostgreSQL does not normalise. */
function shown(text: string): string {
  const line = redactText(oneLine(text).replace(/\s+/g, ' ').trim()).replace(PASSWORD, "$1'<redacted>'");
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line;
}

/** `ALTER ROLE me PASSWORD 'secret'`. */
const PASSWORD = /(password\s+)'(?:[^']|'')*'?/gi;
