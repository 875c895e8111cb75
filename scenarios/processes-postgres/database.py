"""The PostgreSQL database: its engine with a pool of connections, its tables and what is in them at the start."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, insert, make_url, text
from sqlalchemy.orm import Session, sessionmaker

from tables import MARK, Base, Process, Tag, process_tags

SEEDED_PROCESSES = 500
SEEDED_TAGS = 20
TAGS_OF_A_PROCESS = 3

# Any number will do, as long as all workers have the same.
LOCK_TABLES = text("SELECT pg_advisory_xact_lock(6100432)")
FIND_TABLE = text("SELECT to_regclass(:name) IS NOT NULL, obj_description(to_regclass(:name), 'pg_class')")


def database_url() -> str:
    url = os.environ.get("DATABASE_URL")
    if not url:
        raise RuntimeError(
            "DATABASE_URL is not set: it names an empty database, as in postgresql://127.0.0.1/processes"
        )
    return url


def new_engine(url: str, **options: Any) -> Engine:
    """As its authors had it: ten connections at most, a request waits 30 s for one, each is tried before it is used."""
    pool = {"pool_size": 5, "max_overflow": 5, "pool_timeout": 30, "pool_pre_ping": True} | options
    return create_engine(make_url(url).set(drivername="postgresql+psycopg"), **pool)


@contextmanager
def open_database(url: str) -> Iterator[sessionmaker[Session]]:
    """Make the tables ready; close all connections at the end."""
    engine = new_engine(url)
    try:
        create(engine)
        yield sessionmaker(engine)
    finally:
        engine.dispose()


def create(engine: Engine) -> None:
    """Create and seed the tables if they are missing. Safe when several workers start at the same time."""
    with engine.begin() as connection:
        connection.execute(LOCK_TABLES)
        if not has_own_tables(connection):
            Base.metadata.create_all(connection)
            seed(connection)


def has_own_tables(connection: Connection) -> bool:
    found = {name: connection.execute(FIND_TABLE, {"name": name}).one() for name in Base.metadata.tables}
    foreign = [name for name, (exists, mark) in found.items() if exists and mark != MARK]
    if foreign:
        # Somebody else's, which a load test must not fill.
        names = ", ".join(foreign)
        raise RuntimeError(f"the database has tables of another make ({names}): DATABASE_URL must name an empty one")
    return all(exists for exists, _ in found.values())


def seed(connection: Connection) -> None:
    """Processes 1 to 500 with three tags each, of tags 1 to 20."""
    connection.execute(insert(Tag), [{"name": f"tag {tag}"} for tag in range(1, SEEDED_TAGS + 1)])
    processes = range(1, SEEDED_PROCESSES + 1)
    connection.execute(
        insert(Process), [{"name": f"process {process}", "description": "seeded"} for process in processes]
    )
    pairs = [
        {"process_id": process, "tag_id": (process + 7 * nth) % SEEDED_TAGS + 1}
        for process in processes
        for nth in range(TAGS_OF_A_PROCESS)
    ]
    connection.execute(insert(process_tags), pairs)
