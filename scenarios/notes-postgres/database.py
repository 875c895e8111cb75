"""The PostgreSQL database: its table, its two pools of connections, its statements.

Both drivers send the same statements over as many connections, and each request is one round trip to the
database: a statement outside of a transaction block commits by itself. So what differs is how they wait.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
import psycopg
from psycopg import RawCursor
from psycopg_pool import ConnectionPool

SEEDED_NOTES = 500
LISTED_NOTES = 100
DEFAULT_POOL_SIZE = 10
WAIT_SECONDS = 30.0  # for a pool to open, and for a request to get a connection from it

INSERT_NOTE = "INSERT INTO notes (title, description) VALUES ($1, $2) RETURNING id, title, description"
SELECT_NOTE = "SELECT id, title, description FROM notes WHERE id = $1"
# The newest ones only: the load writes all the time, and an answer that grew with it would be what is measured.
SELECT_NOTES = f"SELECT id, title, description FROM notes ORDER BY id DESC LIMIT {LISTED_NOTES}"

CREATE_TABLE = """
CREATE TABLE notes (
    id SERIAL PRIMARY KEY,
    title VARCHAR(50) NOT NULL,
    description VARCHAR(50) NOT NULL,
    created_date TIMESTAMPTZ NOT NULL DEFAULT now()
)"""
MARK = "made by the scenario notes-postgres"
MARK_TABLE = f"COMMENT ON TABLE notes IS '{MARK}'"
FIND_TABLE = "SELECT to_regclass('notes') IS NOT NULL, obj_description(to_regclass('notes'), 'pg_class')"
SEED = f"INSERT INTO notes (title, description) SELECT 'note ' || n, 'seeded' FROM generate_series(1, {SEEDED_NOTES}) n"
# Any number will do, as long as all workers have the same.
LOCK_TABLE = "SELECT pg_advisory_xact_lock(6100431)"

# What the drivers raise when no connection is free in time, or the database went away.
UNAVAILABLE: tuple[type[Exception], ...] = (
    OSError,
    asyncio.TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # of a connection that is cut at the moment in which it is used
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresConnectionError,
    psycopg.OperationalError,
)


@dataclass(frozen=True)
class Database:
    """The two ways of one process to the database."""

    on_loop: "asyncpg.Pool[asyncpg.Record]"
    on_threads: ConnectionPool


def database_url() -> str:
    url = os.environ.get("DATABASE_URL")
    if not url:
        raise RuntimeError("DATABASE_URL is not set: it names an empty database, as in postgresql://127.0.0.1/notes")
    return url


def pool_size() -> int:
    return int(os.environ.get("POOL_SIZE") or DEFAULT_POOL_SIZE)


@asynccontextmanager
async def open_database(url: str, size: int) -> AsyncIterator[Database]:
    """Make the table ready and open all connections of both pools; close them at the end."""
    create(url)
    async with asyncpg.create_pool(
        url, min_size=size, max_size=size, timeout=WAIT_SECONDS, reset=leave_as_it_is
    ) as on_loop:
        # RawCursor takes $1 for a parameter, as asyncpg does.
        options = {"autocommit": True, "cursor_factory": RawCursor}
        with ConnectionPool(url, min_size=size, max_size=size, open=False, kwargs=options) as on_threads:
            on_threads.wait(WAIT_SECONDS)
            yield Database(on_loop, on_threads)


async def leave_as_it_is(_connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """By default asyncpg resets the session after each use: a round trip more, which psycopg's pool does not make."""


def create(url: str) -> None:
    """Create and seed the table if it is missing. Safe when several workers start at the same time.

    With IF NOT EXISTS alone, one of two that create a table at once can fail; so they take turns.
    """
    with psycopg.connect(url) as connection:
        connection.execute(LOCK_TABLE)
        exists, mark = connection.execute(FIND_TABLE).fetchone() or (False, None)
        if exists and mark != MARK:
            # Somebody else's, which a load test must not fill.
            raise RuntimeError("the database has a table notes of another make: DATABASE_URL must name an empty one")
        if not exists:
            for statement in (CREATE_TABLE, MARK_TABLE, SEED):
                connection.execute(statement)
