"""The SQLite file: its table, its connections, its statements.

Every connection is in autocommit mode and every statement is fetched to its end in the call that
executes it. So a write is one transaction, begun and committed in one step of one thread: nothing
stays open behind an error, and on a shared connection no other request can come in between.
"""

import os
import sqlite3
import tempfile
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass

import aiosqlite

BUSY_TIMEOUT_SECONDS = 5.0
OLDEST_SQLITE = (3, 35, 0)  # UPDATE … RETURNING

CREATE_TABLE = """
CREATE TABLE IF NOT EXISTS bench_items (
    id INTEGER PRIMARY KEY,
    name VARCHAR(255) NOT NULL,
    value INTEGER NOT NULL
)"""
SELECT_ITEM = "SELECT id, name, value FROM bench_items WHERE id = ?"
UPDATE_ITEM = "UPDATE bench_items SET name = ?, value = ? WHERE id = ? RETURNING id, name, value"


@dataclass(frozen=True)
class Database:
    """The three ways of one process to its database file."""

    on_thread: aiosqlite.Connection
    on_loop: sqlite3.Connection
    per_thread: "ThreadConnections"


class ThreadConnections:
    """A connection for each thread, opened at its first use and closed when the thread ends."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._local = threading.local()

    def connection(self) -> sqlite3.Connection:
        opened: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if opened is None:
            opened = connect(self._path)
            self._local.connection = opened
        return opened


def database_path() -> str:
    return os.environ.get("DATABASE_PATH") or os.path.join(tempfile.gettempdir(), "bench-fastapi-sqlite.db")


@asynccontextmanager
async def open_database(path: str) -> AsyncIterator[Database]:
    """Make the file ready and open this process's connections; close them at the end."""
    require_sqlite()
    create(path)
    with closing(connect(path)) as on_loop:
        async with aiosqlite.connect(path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None) as on_thread:
            await on_thread.execute_fetchall("PRAGMA synchronous = NORMAL")
            yield Database(on_thread, on_loop, ThreadConnections(path))


def connect(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None)
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def require_sqlite() -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise RuntimeError(
            f"SQLite {sqlite3.sqlite_version} is too old, {oldest} is needed: use a Python built with a newer SQLite"
        )


def create(path: str) -> None:
    """Create file and table if missing. Safe when several workers start at the same time.

    SQLite does not wait out its busy timeout when two connections switch a new file to WAL at
    once: one of them fails at once with "database is locked" and has to try again.
    """
    deadline = time.monotonic() + BUSY_TIMEOUT_SECONDS
    while True:
        try:
            with closing(connect(path)) as connection:
                connection.execute("PRAGMA journal_mode = WAL").fetchall()
                connection.execute(CREATE_TABLE)
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise RuntimeError(f"cannot prepare the database {path}: {error}") from error
            time.sleep(0.01)


def seed(connection: sqlite3.Connection, count: int) -> None:
    """Refill the table with ids 1 to count in one transaction."""
    rows = [(item_id, f"item {item_id}", item_id) for item_id in range(1, count + 1)]
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("DELETE FROM bench_items")
        connection.executemany("INSERT INTO bench_items (id, name, value) VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
