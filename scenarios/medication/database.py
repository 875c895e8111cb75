"""The PostgreSQL database: its tables, its pool of connections, its statements.

Apart from the primary keys there are no indexes: reminders of a user are found by reading all reminders. That is the
lesson, and the server's probe shows it: sequential scans of `reminders`.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from models import REMINDERS, USERS

SEEDED_MEDICATIONS = 20_000
DEFAULT_POOL_SIZE = 10
WAIT_SECONDS = 30.0  # for the pool to open, and for a request to get a connection from it

SELECT_MEDICATIONS = "SELECT id, user_id, name, dose FROM medications ORDER BY id DESC LIMIT 50"
SELECT_REMINDERS = """
SELECT r.id, r.medication_id, r.due_at FROM reminders r JOIN medications m ON m.id = r.medication_id
WHERE m.user_id = $1 ORDER BY r.due_at LIMIT 20"""
INSERT_MEDICATION = (
    "INSERT INTO medications (user_id, name, dose) VALUES ($1, $2, $3) RETURNING id, user_id, name, dose"
)
INSERT_LOG = "INSERT INTO logs (reminder_id, status) VALUES ($1, $2) RETURNING id, reminder_id, status"

TABLES = ("medications", "reminders", "logs")
CREATE_TABLES = """
CREATE TABLE medications (
    id SERIAL PRIMARY KEY, user_id INT NOT NULL, name VARCHAR(100) NOT NULL, dose VARCHAR(50) NOT NULL
);
CREATE TABLE reminders (
    id SERIAL PRIMARY KEY, medication_id INT NOT NULL REFERENCES medications, due_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE logs (
    id SERIAL PRIMARY KEY,
    reminder_id INT NOT NULL REFERENCES reminders,
    status VARCHAR(10) NOT NULL,
    logged_at TIMESTAMPTZ NOT NULL DEFAULT now()
);"""
SEED = f"""
INSERT INTO medications (user_id, name, dose)
SELECT 1 + n % {USERS}, 'medication ' || n, '1 tablet' FROM generate_series(1, {SEEDED_MEDICATIONS}) n;
INSERT INTO reminders (medication_id, due_at)
SELECT 1 + n % {SEEDED_MEDICATIONS}, now() + n * interval '1 minute' FROM generate_series(1, {REMINDERS}) n;"""
MARK = "made by the scenario medication"
FIND_TABLES = """
SELECT relname, obj_description(oid, 'pg_class') AS mark FROM pg_class
WHERE oid IN (to_regclass('medications'), to_regclass('reminders'), to_regclass('logs'))"""
# Any number will do, as long as all workers have the same.
LOCK = "SELECT pg_advisory_xact_lock(6100433)"

# What is raised when no connection is free in time, or the database went away.
UNAVAILABLE: tuple[type[Exception], ...] = (
    OSError,
    asyncio.TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # of a connection that is cut at the moment in which it is used
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresConnectionError,
)


def database_url() -> str:
    url = os.environ.get("DATABASE_URL")
    if not url:
        raise RuntimeError("DATABASE_URL is not set: it names an empty database, as in postgresql://127.0.0.1/medication")
    return url


def pool_size() -> int:
    return int(os.environ.get("POOL_SIZE") or DEFAULT_POOL_SIZE)


@asynccontextmanager
async def open_pool(url: str, size: int) -> AsyncIterator["asyncpg.Pool[asyncpg.Record]"]:
    """Make the tables ready and open all connections; close them at the end."""
    await create(url)
    async with asyncpg.create_pool(url, min_size=size, max_size=size, timeout=WAIT_SECONDS) as pool:
        yield pool


async def create(url: str) -> None:
    """Create and seed the tables if they are missing. Safe when several workers start at the same time."""
    connection = await asyncpg.connect(url, timeout=WAIT_SECONDS)
    try:
        async with connection.transaction():
            await connection.execute(LOCK)
            marks = {row["relname"]: row["mark"] for row in await connection.fetch(FIND_TABLES)}
            others = sorted(name for name, mark in marks.items() if mark != MARK)
            if others:
                # Somebody else's, which a load test must not fill.
                raise RuntimeError(
                    f"the database has tables of another make ({', '.join(others)}): DATABASE_URL must name an empty one"
                )
            if not marks:
                await connection.execute(CREATE_TABLES + SEED)
                for table in TABLES:
                    await connection.execute(f"COMMENT ON TABLE {table} IS '{MARK}'")
    finally:
        await connection.close()
